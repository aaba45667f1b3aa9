def site = new dev.cutover.it.ReleasedProject(basedir)

assert new File(basedir, 'published/it/beside/1.0.0/beside-1.0.0.jar').isFile()
assert site.read('VERSION') == '1.0.0'
assert site.outcome().getString('outcome') == 'RELEASED'
