# shellcheck shell=sh disable=SC2016,SC2034
# What the tools of macOS and the BSDs cannot do, by perl 5. This text stands in a function use_perl.

LEADER='leader() { exec perl -MPOSIX -e "POSIX::setsid(); exec @ARGV; exit 127" -- "$@"; }'

t_lock() { perl -e '$SIG{ALRM} = sub { exit 1 }; alarm 20; exit !flock(STDIN, 2)' <&9; }

t_free() { perl -e 'exit !flock(STDIN, 5)' <"$1"; }

t_hold() { perl -e '$SIG{ALRM} = sub { exit 1 }; alarm 20; exit !flock(STDIN, 2)' <&8; }

# macOS keeps what fsync wrote in the cache of the drive: there F_FULLFSYNC (51) is asked for too.
t_sync() {
  perl -MIO::Handle -e '
    for (@ARGV) {
      open(my $f, "<", $_) or die "sync $_: $!\n";
      $f->sync or die "sync $_: $!\n";
      fcntl($f, 51, 0) if $^O eq "darwin";
    }' -- "$@"
}

t_sync_tree() {
  perl -MIO::Handle -MFile::Find -e '
    find({ no_chdir => 1, wanted => sub {
      return unless -f && !-l || -d _;
      open(my $f, "<", $_) or die "sync $_: $!\n";
      $f->sync or die "sync $_: $!\n";
      fcntl($f, 51, 0) if $^O eq "darwin";
    } }, $ARGV[0])' -- "$1"
}

t_rename() { perl -e 'rename($ARGV[0], $ARGV[1]) or die "rename $ARGV[0] to $ARGV[1]: $!\n"' -- "$1" "$2"; }

t_link() { perl -e 'symlink($ARGV[0], $ARGV[1]) or die "link $ARGV[1]: $!\n"' -- "$1" "$2"; }

t_sha() { perl -MDigest::SHA -e 'print Digest::SHA->new(256)->addfile(*STDIN)->hexdigest, "\n"'; }

t_mtime() { perl -e 'print((stat $ARGV[0])[9])' -- "$1"; }

t_sums() {
  find . -type f | perl -MDigest::SHA -ne '
    chomp;
    print Digest::SHA->new(256)->addfile($_, "b")->hexdigest, "  ", substr($_, 2), "\n"'
}

t_compare() {
  manifest=$1
  shift
  find . "$@" | perl -MDigest::SHA -e '
    open(my $m, "<", $ARGV[0]) or die "$ARGV[0]: $!\n";
    while (<$m>) { chomp; $want{substr($_, 66)} = substr($_, 0, 64) }
    while (<STDIN>) { chomp; $p = substr($_, 2); $want{$p} ? $have{$p} = 1 : print "A $p\n" }
    for (keys %want) {
      if (!$have{$_}) { print "M $_\n"; next }
      $sum = eval { Digest::SHA->new(256)->addfile("./$_", "b")->hexdigest } || "";
      print "C $_\n" if $sum ne $want{$_};
    }' -- "$manifest"
}
