# Each protection of the coherence protocol in turn is off, and a test of each race that it closes must see it: the proof
# that the tests of races mean something.
function(insitecache_add_mutation protection program function)
    string(REGEX MATCH "^race[0-9]+" race ${function})
    set(name mutation_${protection}_${race})
    add_test(NAME ${name} COMMAND ${CMAKE_COMMAND} -D PROGRAM=$<TARGET_FILE:${program}> -D WITHOUT=${protection}
        -D FUNCTION=${function} -P ${CMAKE_CURRENT_SOURCE_DIR}/races/mutation.cmake)
    insitecache_test_properties(${name} "races;mutation")
endfunction()

insitecache_add_mutation(tick tst_races_reads race01_loadOvertakenAtAnyStep)
insitecache_add_mutation(tick tst_races_reads race02_promotionFromL2AfterTheEvent)
insitecache_add_mutation(tick tst_races_reads race03_promotionFromL3AfterItsRemoval)
insitecache_add_mutation(tick tst_races_reads race04_eventBeforeTheAnswer)
insitecache_add_mutation(tick tst_races_reads race13_refreshDoesNotBringADeletedKeyBack)
insitecache_add_mutation(tick tst_races_reads race14_refreshDoesNotOvertakeAWrite)
insitecache_add_mutation(tick tst_races_reads race34_directReadOvertaken)
insitecache_add_mutation(tick tst_races_dependencies race26_valueLoadedFromAParentThatFalls)
insitecache_add_mutation(lease tst_races_reads race01_loadOvertakenAtAnyStep)
insitecache_add_mutation(order tst_races_reads race03_readBetweenTheRemovals)
insitecache_add_mutation(order tst_races_dependencies race26_edgeStoredWhileItsParentFalls)
insitecache_add_mutation(gapFlush tst_races_log race05_missedWhileAway)
insitecache_add_mutation(gapFlush tst_races_stores race06_privateDatabaseWasNotOpen)
insitecache_add_mutation(outbox tst_races_repair race28_refusedRemovalIsOwed)
insitecache_add_mutation(checksum tst_races_repair race24_flippedByteOfAValue)

# The same for the oracle of `insitecache verify`, which sees several real processes: it passes, and fails without.
function(insitecache_add_verify name without)
    add_test(NAME ${name} COMMAND ${CMAKE_COMMAND} -D PROGRAM=$<TARGET_FILE:insitecache_verifyprobed>
        "-DWORDS=${ARGN}" -D WITHOUT=${without} -P ${CMAKE_CURRENT_SOURCE_DIR}/races/verify.cmake)
    insitecache_test_properties(${name} "races;mutation")
endfunction()

insitecache_add_verify(verify_probed "" seconds=2 bound=20s)
insitecache_add_verify(mutation_verify_tick tick seconds=3 bound=20s)
insitecache_add_verify(mutation_verify_lease lease seconds=4 bound=20s database=none)
insitecache_add_verify(mutation_verify_gapFlush gapFlush seconds=6 bound=1s database=none faults=redis-kill)
