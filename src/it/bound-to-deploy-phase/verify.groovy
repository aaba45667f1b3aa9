def site = new dev.cutover.it.ReleasedProject(basedir)

assert site.read('VERSION') == '1.0.0'
assert site.outcome().getString('outcome') == 'RELEASED'
assert new File(basedir, 'published/it/bound/1.0.0/bound-1.0.0.jar').isFile()
// One build only.
assert site.log().count { it.contains('jar (default-jar)') || it.contains('jar:3.5.0:jar') } == 1
