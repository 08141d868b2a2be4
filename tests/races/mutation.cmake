# Runs a test of races with one protection of the coherence protocol switched off, and passes only if the test notices:
# a check of the named function fails. A crash, a timeout, a skip, or a failure elsewhere alone is no proof.
#   cmake -D PROGRAM=tst_races_reads -D WITHOUT=tick -D FUNCTION=race02_... -P mutation.cmake
set(ENV{INSITECACHE_WITHOUT} ${WITHOUT})
execute_process(COMMAND ${PROGRAM} ${FUNCTION} OUTPUT_VARIABLE said ERROR_VARIABLE said RESULT_VARIABLE code TIMEOUT 60)
message("${said}")
if(said MATCHES "redis-server is not installed")
    message("SKIPPED: redis-server is not installed")
    return()
endif()
if(NOT code MATCHES "^[0-9]+$")
    message(FATAL_ERROR "It did not end by itself: ${code}")
endif()
if(NOT said MATCHES "Totals: [0-9]+ passed, [1-9][0-9]* failed, 0 skipped")
    message(FATAL_ERROR "Without '${WITHOUT}' nothing failed: the tests do not notice.")
endif()
# A compared value or a condition, not a wait that ended.
if(NOT said MATCHES "FAIL!  : [A-Za-z]+::${FUNCTION}\\([^\n]*(Compared values are not the same|returned FALSE)")
    message(FATAL_ERROR "Without '${WITHOUT}' something else failed than a check of ${FUNCTION}.")
endif()
if(said MATCHES "QFATAL|terminate called|signal")
    message(FATAL_ERROR "Without '${WITHOUT}' it crashed.")
endif()
