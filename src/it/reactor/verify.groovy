def front = new dev.cutover.it.ReleasedProject(basedir, 'host-front')
def back = new dev.cutover.it.ReleasedProject(basedir, 'host-back')

assert front.list('current').contains('front.jar')
assert back.list('current').contains('back.jar')
assert front.outcome('front').getString('outcome') == 'RELEASED'
assert back.outcome('back').getString('outcome') == 'RELEASED'
assert !new File(basedir, 'library/target/deploy/outcome.json').exists()
// Releases wait until every module is built.
def log = front.log()
assert log.findIndexOf { it.contains('RELEASED') } > log.findLastIndexOf { it.contains('back-1.0.0.jar') && it.contains('Building jar') }
