context.get('sshd').close()
def site = new dev.cutover.it.ReleasedProject(basedir)

assert !site.path('.').toFile().exists()
assert site.outcome().getString('outcome') == 'NOTHING_CHANGED'
assert site.said('deployer')
// Not even -X shows it.
assert !site.said('a-wrong-secret')
