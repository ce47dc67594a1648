# Drives Net::Duo of Debian: one JSON call a line in, one JSON answer a line out. Nothing of it is
# changed: it takes a port in its host name, and its authority from PERL_LWP_SSL_CA_FILE.
# Environment: DUO_PORT, DUO_IKEY, DUO_SKEY, DUO_CA_FILE.
use strict;
use warnings;

use JSON;
use Net::Duo;

$| = 1;
$ENV{PERL_LWP_SSL_CA_FILE} = $ENV{DUO_CA_FILE};

my $duo = Net::Duo->new({
    api_hostname    => "localhost:$ENV{DUO_PORT}",
    integration_key => $ENV{DUO_IKEY},
    secret_key      => $ENV{DUO_SKEY},
});
my $json = JSON->new->utf8;
my %reads = map { $_ => 1 } qw(ping check logo auth_status);

sub run {
    my ($call, $args) = @_;
    my $method = $reads{$call} ? 'GET' : 'POST';
    if ($call eq 'logo') {
        my $response = $duo->call($method, "/auth/v2/$call", $args);
        return { image => substr($response->content, 1, 3) };
    }
    return $duo->call_json($method, "/auth/v2/$call", $args);
}

while (my $line = <STDIN>) {
    my $request = $json->decode($line);
    my $result = eval { run($request->{call}, $request->{args}) };
    my $error = $@;
    my $reply =
        $error
        ? { error => { code => $error->code, detail => $error->detail, text => "$error" } }
        : { ok => $result };
    print $json->encode($reply), "\n";
}
