# A fake KMS with one external key store and one fault: a store that is CONNECTED can be deleted.
package Fake;
use strict;
use warnings;

sub new { return bless { store => undef }, shift }

sub answer {
    my ($self, $op, $given) = @_;
    my $store = $self->{store};
    if ($op eq 'CreateCustomKeyStore' && !$store && ($given->{XksProxyUriPath} // '') eq '/kms/xks/v1'
        && $given->{XksProxyConnectivity} eq 'PUBLIC_ENDPOINT' && length $given->{CustomKeyStoreName} <= 256) {
        $self->{store} = { %$given, CustomKeyStoreId => 'cks-1', ConnectionState => 'DISCONNECTED' };
        return { ok => { CustomKeyStoreId => 'cks-1' } };
    }
    return { ok => { CustomKeyStores => [ $store ? shown($store) : () ], Truncated => JSON::PP::false } }
        if $op eq 'DescribeCustomKeyStores' && !%$given;
    return { skipped => 'this fake is small' } if $op !~ /^(Connect|Disconnect|Delete)CustomKeyStore$/ || !%$given;
    return { error => 'CustomKeyStoreNotFoundException' } if !$store || $given->{CustomKeyStoreId} ne 'cks-1';
    return { error => 'CustomKeyStoreInvalidStateException' }
        if $op eq 'DisconnectCustomKeyStore' && $store->{ConnectionState} eq 'DISCONNECTED';
    if ($op eq 'DeleteCustomKeyStore') { $self->{store} = undef }    # the fault: nobody looks at the state
    else { $store->{ConnectionState} = $op eq 'ConnectCustomKeyStore' ? 'CONNECTED' : 'DISCONNECTED' }
    return { ok => {} };
}

sub shown {
    my $store = shift;
    my %proxy = map { ($_ => $store->{"XksProxy$_"}) } qw(Connectivity UriEndpoint UriPath);
    $proxy{AccessKeyId} = $store->{XksProxyAuthenticationCredential}{AccessKeyId};
    my %shown = map { ($_ => $store->{$_}) } qw(CustomKeyStoreId CustomKeyStoreName CustomKeyStoreType ConnectionState);
    return { %shown, CreationDate => 0, XksProxyConfiguration => \%proxy };
}

1;
