context.put('sshd', dev.cutover.it.PasswordSshd.startWithChangedKey(basedir))
