package dev.cutover.proof.mutants;

import java.util.List;

/**
 * A mistake that was once in the code, or could come back: a text of one source file is put in the
 * place of another, and a unit test must fail.
 *
 * @param name what is wrong then
 * @param source below {@code src/main/java/dev/cutover}
 * @param right as it is
 * @param wrong as it would be
 * @param test the class of the test, below {@code dev.cutover}
 * @param method of it, without parameters
 */
record EngineBug(
    String name, String source, String right, String wrong, String test, String method) {

  static List<EngineBug> all() {
    return List.of(
        new EngineBug(
            "what is told is the plan",
            "app/Standing.java",
            "if (readings.stream().anyMatch(this::isElsewhere)) {",
            "if (readings.isEmpty()) {",
            "app.ManyHostsTest",
            "whatSomebodyMovedAfterTheCommitIsReadAndTold"),
        new EngineBug(
            "nothing is settled without its coordinator",
            "app/PastDecision.java",
            "return run.onAll() || known",
            "return known",
            "app.ManyHostsTest",
            "whatIsLeftOfARunWhoseCoordinatorIsGoneGoesBackAndIsReleasedAnew"),
        new EngineBug(
            "the decision counts on the first host alone",
            "app/PastDecision.java",
            "known.stream().anyMatch(run -> run.commit()",
            "known.stream().limit(1).anyMatch(run -> run.commit()",
            "app.ManyHostsTest",
            "aCommitOnAnyHostThatIsLeftTakesTheOthersForward"),
        new EngineBug(
            "a decision that nobody here can know counts as none",
            "app/PastDecision.java",
            ": UNKNOWN;",
            ": BACK;",
            "app.ManyHostsTest",
            "whatAnEarlierVersionDecidedOnALostCoordinatorIsForAPersonToSay"),
        new EngineBug(
            "numbers are read as Java writes them",
            "transport/HostText.java",
            "new BigDecimal(text).toBigInteger()",
            "new BigInteger(text)",
            "transport.ReplyBudgetTest",
            "numbersAreReadHoweverTheyAreWritten"),
        new EngineBug(
            "of a release only its directory is asked for",
            "app/Intact.java",
            "if (!OF_GOALS.contains(scene.goal())) {",
            "if (!OF_GOALS.isEmpty()) {",
            "app.WholeReleaseTest",
            "aRollbackToAHalfDeletedReleaseIsRefusedOnAllHostsAndNamesWhatIsMissing"),
        new EngineBug(
            "one directory under two names is two",
            "domain/HostFacts.java",
            "return !boot.isEmpty()\n          && boot",
            "return boot.isEmpty()\n          && boot",
            "app.FileTargetTest",
            "oneDirectoryUnderTwoNamesIsRefusedByEveryGoalThatActsOnIt"),
        new EngineBug(
            "an old beat is silence, whatever the clocks say",
            "app/Locks.java",
            "heardAt = wiring.ticker().now();",
            "heardAt = Duration.ofDays(-1);",
            "app.FileTargetTest",
            "aStepOfTheClockDoesNotTakeALiveRunsLock"),
        new EngineBug(
            "the first host alone knows of a shared database",
            "step/MigrationShell.java",
            "return migration.on() == Where.ALL || records.isEmpty()",
            "return migration.on() != null || records.isEmpty()",
            "app.SharedDatabaseTest",
            "whatWasAppliedStandsOnEveryHost"),
        new EngineBug(
            "who is first now takes back what another one did",
            "app/Lead.java",
            ".filter(this::wasCoordinator)",
            ".filter(member -> wasCoordinator(member) && members.isEmpty())",
            "app.SharedDatabaseTest",
            "inAnotherOrderItIsStillTheHostThatMigratedThatTakesItBackAndOnce"),
        new EngineBug(
            "a host may say as much as it likes",
            "transport/Budget.java",
            "if (spent > limit) {",
            "if (limit < 0 && spent > limit) {",
            "transport.ReplyBudgetTest",
            "moreThanTheBudgetIsCutOff"),
        new EngineBug(
            "a fault of our own leaves a run as it is",
            "engine/Walk.java",
            "catch (RuntimeException | LinkageError | VirtualMachineError e) {",
            "catch (ArithmeticException e) {",
            "app.OwnFaultTest",
            "inTheCodeOfAStepItRevertsTheRun"),
        new EngineBug(
            "our secrets are anybody's",
            "transport/Surroundings.java",
            ".startsWith(OURS)",
            ".equals(OURS)",
            "app.FileTargetTest",
            "whatIsMeantForThePluginReachesNoCommand"),
        new EngineBug(
            "a root that has moved has no releases",
            "domain/journal/MovedRoot.java",
            "if (stayed) {",
            "if (stayed || !ours.isEmpty()) {",
            "app.FileTargetTest",
            "aRootThatHasMovedIsRolledBackAndSettled"));
  }
}
