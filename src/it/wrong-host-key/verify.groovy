context.get('sshd').close()
def site = new dev.cutover.it.ReleasedProject(basedir)

assert !site.path('.').toFile().exists()
assert site.outcome().getString('outcome') == 'NOTHING_CHANGED'
assert site.said('host key')
assert site.said('known_hosts')
