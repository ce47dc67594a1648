/** Integration key of the default configuration. */
export const defaultIkey = 'DIXSOARDUOSIMULATOR1';

/** Secret key of the default configuration. */
export const defaultSkey = 'NotASecretKeyOnlyForTheDuoSimulator00001';

/** The default configuration with comments, as `--print-config` prints it. */
export const defaultConfigText = `# Configuration of the Duo simulator. Everything here is the default: keep what you change.
# The simulator reads the file again when it is saved.

# Applications. Make keys up; never put real ones here.
integrations:
  - name: Cortex XSOAR
    ikey: ${defaultIkey}            # DI and 18 capital letters or digits
    skey: ${defaultSkey}
    type: auth                            # other: refuses with 40301, as an Admin API key would be
    enabled: true
    new_users: enroll                     # enroll | allow | deny: unknown, or without a device
    username_normalization: none          # simple: CORP\\alice and alice@corp are alice
    factors: [push, phone, sms, passcode]
    trusted_networks: []                  # [10.0.0.0/8]: no second factor from there
    blocked_networks: []
    bypass_groups: []
    blocked_groups: []
    verified_push: { digits: 6, groups: [verified] }  # groups: [] means everybody
    remember_devices_hours: 0             # above 0: an allow carries a trusted-device token
    logo: true

# answer: approve | deny | fraud  by itself, after answer_after_seconds
#         manual | ignore         waits for you: on the phone page, or over the control API
users:
  - username: alice
    aliases: [alice@example.com]
    answer: approve
    answer_after_seconds: 1
    bypass_codes: ["100000001"]
    devices:
      - { kind: smartphone, name: Work phone, platform: iOS, number: "+1 734 555 0101" }
  - username: bob
    status: bypass
  - username: carol
    status: disabled
    devices:
      - { kind: smartphone, platform: Android, number: "+1 734 555 0103" }
  - username: dave                        # known, but has nothing to authenticate with
  - username: erin
    answer: deny
    devices:
      - { kind: smartphone, platform: iOS, number: "+1 734 555 0105" }
  - username: frank
    answer: fraud
    devices:
      - { kind: smartphone, platform: Android, number: "+1 734 555 0106" }
  - username: tim
    answer: ignore
    devices:
      - { kind: smartphone, platform: iOS, number: "+1 734 555 0120" }
  - username: grace                       # many devices; answers by hand
    answer: manual
    bypass_codes: ["100000007"]
    devices:
      - { kind: smartphone, name: Grace's phone, platform: iOS, number: "+1 734 555 0107" }
      - { kind: tablet, name: Kitchen tablet, platform: Android }
      - { kind: landline, name: Office, platform: "", number: "+1 734 555 0170" }
      - { kind: token, name: "123456" }
  - username: vera                        # types a code into the push
    groups: [verified]
    answer: manual
    devices:
      - { kind: smartphone, platform: iOS, number: "+1 734 555 0122" }
  - username: leo
    status: locked_out
    devices:
      - { kind: smartphone, platform: iOS, number: "+1 734 555 0112" }
  - username: olga                        # her phone is off: push_failed
    answer: manual
    devices:
      - { kind: smartphone, platform: Android, number: "+1 734 555 0115", reachable: false }

# What goes wrong, and for whom. Kinds: latency, error, html, truncated, malformed, empty, reset,
# hang, clock. Each takes endpoint, username, count, skip, probability, afterwards.
faults: []
#  - { kind: error, code: 42901, retry_after_seconds: 2, endpoint: preauth, count: 1 }
#  - { kind: latency, seconds: 3, username: erin, probability: 0.5 }

# What the real service does not document, and the simulator's own limits.
settings:
  clock_skew_seconds: 300
  long_poll_seconds: 30
  long_poll_expiry: repeat                # repeat: the waiting state again | error: 40002
  first_poll_returns_at_once: true
  push_expires_in_seconds: 60
  call_expires_in_seconds: 60
  key_press_after_seconds: 1
  final_state_readable_seconds: 300
  verified_push_expires_in_seconds: 60
  verified_push_attempts: 3
  portal_expires_in_seconds: 300
  activation_expires_in_seconds: 86400
  lockout_after_failures: 10              # 0: never
  lockout_seconds: 0                      # 0: until it is lifted
  sms_batch_size: 10
  sms_expires_in_seconds: 0               # 0: until the next batch
  passcode_look_ahead: 20
  requests_per_minute: 0                  # per integration; 0: no limit
  auths_per_user_per_minute: 0            # 0: no limit
  retry_after_header: Retry-After         # or X-Retry-After
  accepted_signatures: [v1/sha1, v1/sha512, v2/sha1, v2/sha512, v4/sha512, v5/sha512]
  allow_unsigned_duo_date: true
  host_aliases: []                        # further host names that a client may sign
  certificate_names: []                   # further names and addresses in the certificate
  unknown_user_on_auth: error             # 40002 (username); or deny
  strict_ip_address: false
  fault_seed: 1                           # for the probabilities of faults
  max_body_bytes: 262144
  max_transactions: 20000
  max_log_entries: 1000
`;
