return dev.cutover.it.RealSshd.installed()
