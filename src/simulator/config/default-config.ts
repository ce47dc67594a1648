/** Integration key of the default configuration: well shaped, and plainly nobody's. */
export const defaultIkey = 'DIXSOARDUOSIMULATOR1';

/** Secret key of the default configuration. */
export const defaultSkey = 'NotASecretKeyOnlyForTheDuoSimulator00001';

/** The configuration that holds without a file, commented: what `--print-config` prints. */
export const defaultConfigText = `# Configuration of the Duo simulator. Everything here is the default: keep what you change.
# The simulator reads the file again when it is saved.

# Applications. Make keys up; never put real ones here.
integrations:
  - name: Cortex XSOAR
    ikey: ${defaultIkey}            # DI and 18 capital letters or digits
    skey: ${defaultSkey}
    type: auth                            # other: refuses with 40301, as an Admin API key would be
    enabled: true
    newUsers: enroll                      # enroll | allow | deny: unknown, or without a device
    factors: [push, phone, sms, passcode]
    trustedNetworks: []                   # [10.0.0.0/8]: no second factor from there
    blockedNetworks: []
    bypassGroups: []
    blockedGroups: []
    verifiedPush: { digits: 6, groups: [verified] }   # groups: [] means everybody
    rememberDevicesHours: 0               # above 0: an allow carries a trusted-device token
    logo: true

# answer: approve | deny | fraud  by itself, after answerAfterSeconds
#         manual | ignore         waits for you: on the phone page, or over the control API
users:
  - username: alice
    aliases: [alice@example.com]
    answer: approve
    answerAfterSeconds: 1
    bypassCodes: ["100000001"]
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
    bypassCodes: ["100000007"]
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
#  - { kind: error, code: 42901, retryAfterSeconds: 2, endpoint: preauth, count: 1 }
#  - { kind: latency, seconds: 3, username: erin, probability: 0.5 }

# What the real service does not document, and the simulator's own limits.
settings:
  clockSkewSeconds: 300
  longPollSeconds: 30
  longPollExpiry: repeat                  # repeat: the waiting state again | error: 40002
  firstPollReturnsAtOnce: true
  pushExpiresInSeconds: 60
  callExpiresInSeconds: 60
  keyPressAfterSeconds: 1
  finalStateReadableSeconds: 300
  verifiedPushExpiresInSeconds: 60
  verifiedPushAttempts: 3
  portalExpiresInSeconds: 300
  activationExpiresInSeconds: 86400
  lockoutAfterFailures: 10                # 0: never
  lockoutSeconds: 0                       # 0: until it is lifted
  smsBatchSize: 10
  smsExpiresInSeconds: 0                  # 0: until the next batch
  passcodeLookAhead: 20
  requestsPerMinute: 0                    # per integration; 0: no limit
  authsPerUserPerMinute: 0                # 0: no limit
  retryAfterHeader: Retry-After           # or X-Retry-After
  acceptedSignatures: [v1/sha1, v1/sha512, v2/sha1, v2/sha512, v4/sha512, v5/sha512]
  allowUnsignedDuoDate: true
  hostAliases: []                         # further host names that a client may sign
  unknownUserOnAuth: deny                 # or error: 40002
  strictIpAddress: false
  faultSeed: 1                            # for the probabilities of faults
  maxBodyBytes: 262144
  maxTransactions: 20000
  maxLogEntries: 1000
`;
