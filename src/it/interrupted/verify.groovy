try {
  // Within the restart and within the health checks, over SSH and on this machine.
  dev.cutover.it.Interruption.all(basedir, maven, repository, mavenOptions, [
      ['ssh', 'TERM', 'slow', 'deploy:recover'],
      ['ssh', 'INT', 'sick', 'deploy:release'],
      ['file', 'TERM', 'sick', 'deploy:recover'],
      ['file', 'INT', 'slow', 'deploy:release']])
} finally {
  context.get('sshd').close()
}
