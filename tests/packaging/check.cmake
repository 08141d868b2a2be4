# Run by the test `packaging`.
include(${CMAKE_CURRENT_LIST_DIR}/run.cmake)

file(REMOVE_RECURSE ${WORK_DIR})
set(prefix ${WORK_DIR}/prefix)

run(${CMAKE_COMMAND} --install ${BINARY_DIR} --component Development --prefix ${prefix})
run(${CMAKE_COMMAND} -S ${CONSUMER_DIR} -B ${WORK_DIR}/consumer -G ${GENERATOR}
    -D CMAKE_BUILD_TYPE=${CONFIG} -D CMAKE_CXX_COMPILER=${COMPILER} -D CMAKE_CXX_COMPILER_LAUNCHER=${LAUNCHER}
    -D CMAKE_PREFIX_PATH=${prefix} -D WANTED_VERSION=${VERSION})
run(${CMAKE_COMMAND} --build ${WORK_DIR}/consumer)
run(${WORK_DIR}/consumer/consumer ${WORK_DIR}/cache.db)
string(STRIP "${output}" output)
if(NOT output STREQUAL "source: 42\nL1: 42\nL3: 42")
    message(FATAL_ERROR "The program that embeds the core said:\n${output}")
endif()

# Nothing that was installed may point back to where it was built.
file(GLOB_RECURSE installed ${prefix}/*.cmake ${prefix}/*.h)
foreach(file IN LISTS installed)
    file(READ ${file} text)
    string(FIND "${text}" "${BINARY_DIR}" built)
    if(NOT built EQUAL -1)
        message(FATAL_ERROR "${file} names the build folder")
    endif()
endforeach()
