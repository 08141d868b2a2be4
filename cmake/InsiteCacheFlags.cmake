# One interface target carries every compile and link flag of the project.
add_library(insitecache_flags INTERFACE)
add_library(InsiteCache::flags ALIAS insitecache_flags)

target_compile_features(insitecache_flags INTERFACE cxx_std_20)
target_compile_definitions(insitecache_flags INTERFACE
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_KEYWORDS QT_NO_FOREACH QT_DISABLE_DEPRECATED_BEFORE=0x060400)
target_compile_options(insitecache_flags INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wnull-dereference
    -Wimplicit-fallthrough -Werror
    # GCC 12 reports these falsely through inlined standard containers.
    $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized -Wno-null-dereference -Wno-restrict -Wno-array-bounds -Wno-stringop-overflow>)

if(INSITECACHE_SANITIZE STREQUAL "address")
    set(sanitize -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
elseif(INSITECACHE_SANITIZE STREQUAL "thread")
    set(sanitize -fsanitize=thread)
elseif(INSITECACHE_SANITIZE)
    message(FATAL_ERROR "INSITECACHE_SANITIZE is '${INSITECACHE_SANITIZE}': use address, thread or nothing")
endif()

if(sanitize)
    target_compile_options(insitecache_flags INTERFACE ${sanitize})
    target_link_options(insitecache_flags INTERFACE ${sanitize})
else()
    target_compile_options(insitecache_flags INTERFACE
        -fstack-protector-strong -fstack-clash-protection -fcf-protection
        # Everything is linked statically: without it -fPIC keeps GCC from inlining whatever another library might replace.
        $<$<CXX_COMPILER_ID:GNU>:-fno-semantic-interposition>
        $<$<CONFIG:Release,RelWithDebInfo>:-D_FORTIFY_SOURCE=2>)
    target_compile_definitions(insitecache_flags INTERFACE _GLIBCXX_ASSERTIONS)
    target_link_options(insitecache_flags INTERFACE -Wl,-z,relro,-z,now,-z,noexecstack)
endif()
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER "${CCACHE}")
endif()

find_program(MOLD ld.mold)
if(MOLD)
    target_link_options(insitecache_flags INTERFACE -fuse-ld=mold)
endif()

if(INSITECACHE_TIDY)
    find_program(CLANG_TIDY NAMES clang-tidy clang-tidy-14 REQUIRED)
    set(CMAKE_CXX_CLANG_TIDY "${CLANG_TIDY};--quiet;--warnings-as-errors=*")
endif()
