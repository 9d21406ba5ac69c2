import { join } from 'node:path';

export interface DovecotConf {
  dir: string;
  port: number;
  /** 0: no TLS at all. */
  tlsPort: number;
  owner: { name: string; isRoot: boolean };
  withoutIdle: boolean;
}

/** The configuration of a private Dovecot 2.3: nothing outside its folder, accounts from a file, Maildir. */
export function dovecotConf(options: DovecotConf): string {
  const { dir } = options;
  return `
protocols = imap
listen = 127.0.0.1
base_dir = ${join(dir, 'run')}
state_dir = ${join(dir, 'state')}
log_path = ${join(dir, 'log')}
instance_name = ${dir.replaceAll('/', '-')}
first_valid_uid = 1
mail_location = maildir:~/Maildir
disable_plaintext_auth = no
auth_failure_delay = 0
default_vsz_limit = 512M
shutdown_clients = yes
${options.withoutIdle ? 'imap_capability = IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE LITERAL+ UIDPLUS SPECIAL-USE NAMESPACE CHILDREN' : ''}
${users(options)}
${tls(options)}
passdb {
  driver = passwd-file
  args = ${join(dir, 'users')}
}
userdb {
  driver = passwd-file
  args = ${join(dir, 'users')}
}
namespace inbox {
  inbox = yes
  separator = /
  mailbox Sent {
    auto = subscribe
    special_use = \\Sent
  }
  mailbox Drafts {
    auto = create
    special_use = \\Drafts
  }
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${options.port}
  }
  inet_listener imaps {
    port = ${options.tlsPort}
    ssl = ${options.tlsPort === 0 ? 'no' : 'yes'}
  }
}
service anvil {
  chroot =
  # No penalty for wrong passwords: tests send some.
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service imap {
  process_limit = 200
}
`;
}

/** Without root Dovecot cannot change to its own users, so everything runs as the one who starts it. */
function users(options: DovecotConf): string {
  if (options.owner.isRoot) return '';
  return `default_internal_user = ${options.owner.name}\ndefault_internal_group = \ndefault_login_user = ${options.owner.name}`;
}

function tls(options: DovecotConf): string {
  if (options.tlsPort === 0) return 'ssl = no';
  return `ssl = yes\nssl_cert = <${join(options.dir, 'cert.pem')}\nssl_key = <${join(options.dir, 'key.pem')}`;
}
