# Each protection of the coherence protocol in turn is off, and a test must see it: the proof that the tests of races
# mean something.
function(insitecache_add_mutation protection program function)
    set(name mutation_${protection})
    add_test(NAME ${name} COMMAND ${CMAKE_COMMAND} -D PROGRAM=$<TARGET_FILE:${program}> -D WITHOUT=${protection}
        -D FUNCTION=${function} -P ${CMAKE_CURRENT_SOURCE_DIR}/races/mutation.cmake)
    insitecache_test_properties(${name} "races;mutation")
endfunction()

insitecache_add_mutation(tick tst_races_reads race02_promotionFromL2AfterTheEvent)
insitecache_add_mutation(lease tst_races_reads race01_loadOvertakenAtAnyStep)
insitecache_add_mutation(order tst_races_dependencies race26_edgeStoredWhileItsParentFalls)
insitecache_add_mutation(gapFlush tst_races_log race05_missedWhileAway)
insitecache_add_mutation(outbox tst_races_repair race28_refusedRemovalIsOwed)
insitecache_add_mutation(checksum tst_races_repair race24_flippedByteOfAValue)
