def project = new dev.cutover.it.ReleasedProject(basedir)

assert new File(basedir, 'published/it/filled/1.0.0/filled-1.0.0.jar').isFile()
assert project.outcome().getString('outcome') == 'RELEASED'
