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
    sub durable {
      open(my $f, "<", $_[0]) or die "sync $_[0]: $!\n";
      $f->sync or die "sync $_[0]: $!\n";
      fcntl($f, 51, 0) if $^O eq "darwin";
    }
    find({ no_chdir => 1, wanted => sub { durable($_) if -f && !-l || -d _ } }, shift @ARGV);
    durable($_) for @ARGV' -- "$@"
}

t_rename() { perl -e 'rename($ARGV[0], $ARGV[1]) or die "rename $ARGV[0] to $ARGV[1]: $!\n"' -- "$1" "$2"; }

t_link() { perl -e 'symlink($ARGV[0], $ARGV[1]) or die "link $ARGV[1]: $!\n"' -- "$1" "$2"; }

t_sha() { printf '%s\n' "$@" | perl -MDigest::SHA=sha256_hex -ne 'chomp; print sha256_hex($_), "\n"'; }

t_file() { perl -e 'print join(":", (stat $ARGV[0])[0, 1])' -- "$1"; }

t_mtime() { perl -e 'print((stat $ARGV[0])[9])' -- "$1"; }

t_look() {
  perl -MDigest::SHA -MFile::Find -e '
    sub bits { my $m = shift; return join "", map { substr("---r--rw-rwx--x-w-r-x-wx", (0, 12, 15, 21, 3, 18, 6, 9)[$_], 3) } $m >> 6 & 7, $m >> 3 & 7, $m & 7 }
    find({ no_chdir => 1, wanted => sub {
      my $mode = (lstat)[2];
      my $kind = -l _ ? "l" : -d _ ? "d" : -f _ ? "-" : "s";
      my $file = $kind eq "-";
      my $name = substr($_, 1);
      my $to = $kind eq "l" ? " -> " . readlink : "";
      print $kind, bits($mode), " .//.$name$to\n";
      my $sum = $file && eval { Digest::SHA->new(256)->addfile($_, "b")->hexdigest };
      print "$sum  .//.$name\n" if $sum;
    } }, ".")'
}

t_compare() {
  manifest=$1
  shift
  find . "$@" | HIDDEN=$HIDDEN MADE=$MADE LISTED=$LISTED perl -MDigest::SHA -e '
    @hidden = grep { length } split /\n/, $ENV{HIDDEN};
    sub hides { my $p = "$_[0]/"; for (@hidden) { return 1 if index($p, "$_/") == 0 } return 0 }
    sub sum { my $p = shift; return eval { Digest::SHA->new(256)->addfile("./$p", "b")->hexdigest } || "" }
    open(my $m, "<", $ARGV[0]) or die "$ARGV[0]: $!\n";
    while (<$m>) {
      chomp;
      my $p = substr($_, /^# / ? 13 : 66);
      next if hides($p);
      if (/^# /) { push @lines, "$_\n"; next }
      $want{$p} = substr($_, 0, 64);
      push @lines, "$_\n";
    }
    for (grep { !$want{$_} } split /\n/, $ENV{MADE}) { $made{$_} = 1; push @lines, sum($_) . "  $_\n" }
    while (<STDIN>) {
      chomp;
      my $p = substr($_, 2);
      next if hides($p);
      if ($want{$p}) { $have{$p} = 1 } elsif (!$made{$p}) { print "A $p\n" }
    }
    for (keys %want) {
      if (!$have{$_}) { print "M $_\n" } elsif (sum($_) ne $want{$_}) { print "C $_\n" }
    }
    if (length $ENV{LISTED}) {
      my $l;
      open($l, ">", $ENV{LISTED}) && print($l @lines) && close($l) or die "$ENV{LISTED}: $!\n";
    }' -- "$manifest"
}
