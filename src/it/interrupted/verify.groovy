def interruption = new dev.cutover.it.Interruption(basedir, maven, repository)
try {
  // Within the restart and within the health checks, over SSH and on this machine.
  interruption.firstRelease('here', 'file://' + basedir + '/here')
  interruption.signal('host', '', 'TERM', 'slow', 'deploy:recover')
  interruption.signal('host', '', 'INT', 'sick', 'deploy:release')
  interruption.signal('here', 'file://' + basedir + '/here', 'TERM', 'sick', 'deploy:recover')
  interruption.signal('here', 'file://' + basedir + '/here', 'INT', 'slow', 'deploy:release')
} finally {
  context.get('sshd').close()
}
