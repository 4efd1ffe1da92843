/** A program of its own: it reads its own flags, and is loaded only where it is asked for. */
export interface Program {
  description: string;
  /** @returns a function that takes its arguments and gives the exit code; what it serves may go on after that */
  load(): Promise<(parameters: string[]) => Promise<number>>;
}

export const PROGRAMS: Record<string, Program> = {
  'carrier-sim': {
    description: 'the simulated carrier, for tests: talkturo carrier-sim --help',
    load: async () => {
      const { runCarrierSim } = await import('@talkturo/carrier-sim/command');
      return (parameters) => runCarrierSim(parameters, 'talkturo carrier-sim');
    },
  },
};
