def site = new dev.cutover.it.ReleasedProject(basedir)

assert site.read('VERSION') == '1.0.0'
assert site.list('current').contains('promoted.jar')
assert site.log().count { it.contains('jar (default-jar)') || it.contains('jar:3.5.0:jar') } == 1
