/** The first words of a command line, for suggestions, completion and the manual. */
export const COMMAND_WORDS = {
	nodes: 'nodes, full screen or as a snapshot (the default)',
	pods: 'pods',
	containers: 'containers',
	namespaces: 'namespaces',
	workloads: 'workloads: Deployments, StatefulSets, DaemonSets, Jobs, pods without',
	processes: 'processes of this machine, or of machines with cAdvisor',
	problems: 'what is wrong now: not ready, crash loops, OOM kills, nearly full',
	doctor: 'check each step to each node, and print the fix',
	rbac: 'print a manifest with the rights that ktop needs',
	record: 'write samples to InfluxDB or a file',
	replay: 'show a recording',
	help: 'show a topic of the manual',
	explain: 'say what an error means and what helps',
	completion: 'print the completion of a shell',
	version: 'print the version',
} as const;

export const SHELLS = ['bash', 'zsh', 'fish'] as const;

export type Shell = (typeof SHELLS)[number];

/** The commands that are named, in the order of messages. */
export const COMMANDS = ['doctor', 'rbac', 'record', 'replay'] as const;

/** `run` is the screen or a snapshot. */
export type CommandName = 'run' | (typeof COMMANDS)[number];

/** The command that the first word of a command line names. */
export function commandOf(word: string): CommandName {
	return COMMANDS.find(known => known === word) ?? 'run';
}
