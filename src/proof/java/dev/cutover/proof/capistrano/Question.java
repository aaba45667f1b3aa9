package dev.cutover.proof.capistrano;

/** What is asked of both tools. Each answer is a count of cases where it is so; none should be. */
enum Question {
  LEFT_BEHIND("kill, good retry: an unfinished release or a stale temp link stays behind"),
  RETRY_FAILS("kill: the retry does not exit 0"),
  OTHER_VERSION("kill: the retry exits 0 but serves another version"),
  LATER_BROKEN("kill, good retry, later rollback: `current` empty or partial, exit 0"),
  LATER_OTHER("kill, good retry, later rollback: not what was live before, exit 0"),
  TWICE_BROKEN("two kills, then rollback breaks the healthy site, exit 0"),
  GOOD_LOST("kill, rollback at once: the live good release replaced by the one before and deleted"),
  TOO_FAR("rollback killed and retried goes one release too far"),
  SICK_LIVE("failed health check: the bad release stays live"),
  SICK_AGAIN("failed health check, good release, rollback: back on the bad one"),
  TRUNCATED("disk full while extracting, good deploy, rollback: truncated release live, exit 0"),
  MIXED("10 deployers at once: directories with files of several versions"),
  GOOD_CLEANED("one good, five failures, one good: every good release but the last is deleted");

  private final String words;

  Question(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }
}
