context.put('sshd', dev.cutover.it.PasswordSshd.start(basedir))
