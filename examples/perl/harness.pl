# A harness: `kms-cks consume -- perl harness.pl` drives the fake, and judges every answer.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use JSON::PP;
use Fake;

$| = 1;    # every line goes out at once
my $json = JSON::PP->new->utf8;
my $fake = Fake->new;
while (my $line = <STDIN>) {
    my $message = $json->decode($line);
    my $reply   = { ok => {} };
    if ($message->{kind} eq 'reset') { $fake = Fake->new }
    elsif ($message->{kind} eq 'request') {
        $reply = eval { $fake->answer($message->{request}{op}, $message->{request}{input}) }
            // { errored => "$@" };    # a fault of this program, not an answer of the fake
    }
    print $json->encode({ seq => $message->{seq}, %$reply }), "\n";
    last if $message->{kind} eq 'stop';
}
