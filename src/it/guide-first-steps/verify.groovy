assert new dev.cutover.it.ReleasedProject(basedir).outcome().getString('outcome') == 'RELEASED'

def then = ['sh', '-c', context.get('then')].execute()
def shown = then.text
assert then.waitFor() == 0
assert shown.contains('shop.jar')
