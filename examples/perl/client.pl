# A test that asks the oracle: `perl client.pl kms-cks oracle`. It ends with 1 when the oracle objects.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use IPC::Open2;
use JSON::PP;
use Fake;

my $json = JSON::PP->new->utf8;
open2(my $from, my $to, @ARGV);
$to->autoflush(1);

sub ask {
    print {$to} $json->encode({@_}), "\n";
    return $json->decode(scalar <$from>);
}

my $fake = Fake->new;
ask(kind => 'start', seed => 1);
for (1 .. 1000) {
    my $request = ask(kind => 'next')->{request};
    my $outcome = $fake->answer($request->{op}, $request->{input});
    next if $outcome->{skipped};
    my $reply = ask(kind => 'observe', request => $request, outcome => $outcome);
    next if $reply->{verdict} ne 'violates';
    print $reply->{violation}{explanation}, "\n";
    exit 1;
}
ask(kind => 'stop');
