context.put('sshd', dev.cutover.it.RealSshd.start(basedir))
