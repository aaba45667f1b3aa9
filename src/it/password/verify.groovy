context.get('sshd').close()
def site = new dev.cutover.it.ReleasedProject(basedir)

assert site.read('VERSION') == '1.0.0'
assert site.outcome().getString('outcome') == 'RELEASED'
