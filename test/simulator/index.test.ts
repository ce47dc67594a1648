import { expect, expectTypeOf, it } from 'vitest';
import {
  type Answer,
  type AnswerOutcome,
  type InjectedFault,
  type LogEntry,
  type Simulator,
  type SimulatorConfig,
  type SimulatorControl,
  type SimulatorOptions,
  startSimulator,
} from '../../src/simulator/index.ts';

it('has the types that its users rely on', () => {
  expectTypeOf(startSimulator).parameters.toEqualTypeOf<[options?: SimulatorOptions]>();
  expectTypeOf(startSimulator).returns.resolves.toEqualTypeOf<Simulator>();
  expectTypeOf<Simulator['control']>().toEqualTypeOf<SimulatorControl>();
  expectTypeOf<SimulatorControl['answer']>().toEqualTypeOf<
    (txid: string, answer: Answer, code?: string) => AnswerOutcome
  >();
  expectTypeOf<SimulatorControl['log']>().returns.toEqualTypeOf<readonly LogEntry[]>();

  const config: SimulatorConfig = {
    integrations: [{ ikey: 'DIFIRSTAPPLICATION01', skey: 'x'.repeat(40) }],
    users: [{ username: 'zoe', devices: [{ kind: 'token' }] }],
  };
  // @ts-expect-error a user has a name
  const nameless: SimulatorConfig = { users: [{ status: 'bypass' }] };
  // @ts-expect-error latency says how much
  const timeless: InjectedFault = { kind: 'latency' };
  expect([config, nameless, timeless]).toHaveLength(3);
});
