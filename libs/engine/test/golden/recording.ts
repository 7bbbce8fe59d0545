import type { Command, Event, Instance, Migration, ProcessModel } from '@baton/engine';
import { EVENT_VERSION } from '@baton/engine';
import { Play } from '@baton/engine/testing';
import type { ProcessBuilder } from '@baton/engine/testing';
import { goldenPorts } from './goldens.js';
import type { Golden, GoldenStep } from './goldens.js';

/** A process and how it was played. Written once: a history that was recorded is never played differently. */
export interface Story {
  readonly model: Pick<ProcessBuilder, 'build'>;
  readonly play: (run: Recording) => unknown;
}

/** Plays an instance and writes down every step. */
export class Recording extends Play {
  private readonly steps: GoldenStep[] = [];
  private readonly first: ProcessModel;

  constructor({ model, play }: Story) {
    const first = model.build();
    super(first, goldenPorts);
    this.first = first;
    play(this);
  }

  get golden(): Golden {
    return { version: EVENT_VERSION, model: this.first, steps: this.steps };
  }

  override send(command: Parameters<Play['send']>[0]): this {
    super.send(command);
    return this.write({ command: { ...command, at: this.clock } as Command });
  }

  override migrate(to: ProcessBuilder, mapping: Migration['mapping'] = {}, more: Pick<Migration, 'by' | 'reason'> = {}): this {
    super.migrate(to, mapping, more);
    return this.write({ to: to.build(), migration: { at: this.clock, mapping, ...more } });
  }

  private write(asked: Pick<GoldenStep, 'command' | 'to' | 'migration'>): this {
    const step: { events: readonly Event[]; state: Instance } = { events: this.last, state: this.state };
    // Events and states share what they are made of; what is written must not change with them.
    this.steps.push(JSON.parse(JSON.stringify({ ...asked, ...step })) as GoldenStep);
    return this;
  }
}
