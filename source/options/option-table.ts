/** One flag of the command line: how it is written, what it takes, and its line in the help. */
export type Flag = {
	readonly name: string;
	readonly short?: string;
	/** What stands for the value in the help; absent for a flag that takes none. */
	readonly value?: string;
	readonly isRepeatable?: true;
	readonly help: string;
	readonly group:
		| 'Where the numbers come from'
		| 'Which cluster'
		| 'What is shown'
		| 'Output'
		| 'Recording'
		| 'Access'
		| 'Other';
};

export const FLAGS = [
	{
		name: 'source',
		value: 'URI',
		isRepeatable: true,
		help: 'what to read; may repeat (default: the cluster of the kubeconfig or of the pod around, else this machine)',
		group: 'Where the numbers come from',
	},
	{
		name: 'interval',
		value: 'TIME',
		help: 'time between reads, 500ms to 1h (default 2s here, 10s for kubelets)',
		group: 'Where the numbers come from',
	},
	{
		name: 'window',
		value: 'TIME',
		help: 'how much of the past is kept, 1m to 24h (default 15m)',
		group: 'Where the numbers come from',
	},
	{
		name: 'request-timeout',
		value: 'TIME',
		help: 'how long a node may take to answer (default 10s)',
		group: 'Where the numbers come from',
	},
	{
		name: 'history',
		value: 'URI',
		help: 'the store that knows the past: influxdb:URL?db=k8s or prometheus:URL',
		group: 'Where the numbers come from',
	},
	{
		name: 'via',
		value: 'WAY',
		help: 'auto, direct (to kubelets alone) or proxy (of the API server, needs nodes/proxy); auto takes the proxy where no direct way works',
		group: 'Where the numbers come from',
	},
	{
		name: 'kubelet-address-types',
		value: 'LIST',
		help: 'addresses of nodes to use, best first (default: InternalIP, ExternalIP, InternalDNS, ExternalDNS, Hostname)',
		group: 'Where the numbers come from',
	},
	{
		name: 'kubeconfig',
		value: 'FILE',
		help: 'the kubeconfig (default $KUBECONFIG, ~/.kube/config)',
		group: 'Which cluster',
	},
	{name: 'context', value: 'NAME', help: 'the context of the kubeconfig', group: 'Which cluster'},
	{name: 'cluster', value: 'NAME', help: 'the cluster of the kubeconfig', group: 'Which cluster'},
	{name: 'user', value: 'NAME', help: 'the user of the kubeconfig', group: 'Which cluster'},
	{name: 'server', short: 's', value: 'URL', help: 'the address of the API server', group: 'Which cluster'},
	{
		name: 'tls-server-name',
		value: 'NAME',
		help: 'the name in the API server’s certificate',
		group: 'Which cluster',
	},
	{name: 'as', value: 'USER', help: 'act as another user', group: 'Which cluster'},
	{
		name: 'as-group',
		value: 'GROUP',
		isRepeatable: true,
		help: 'act as a member of a group; may repeat',
		group: 'Which cluster',
	},
	{name: 'as-uid', value: 'UID', help: 'act with a uid', group: 'Which cluster'},
	{
		name: 'sort',
		value: 'COLUMN',
		help: 'sort by a column; +COLUMN smallest first (default cpu)',
		group: 'What is shown',
	},
	{
		name: 'filter',
		value: 'EXPR',
		help: "rows that match, as in 'web !test cpu>500m status:Run label:app=web'",
		group: 'What is shown',
	},
	{
		name: 'namespace',
		short: 'n',
		value: 'NS',
		help: 'pods and containers of one namespace',
		group: 'What is shown',
	},
	{
		name: 'selector',
		short: 'l',
		value: 'LABELS',
		help: 'pods with these labels, as for kubectl',
		group: 'What is shown',
	},
	{name: 'node', value: 'NAME', help: 'one node of the cluster and its pods', group: 'What is shown'},
	{name: 'all-namespaces', short: 'A', help: 'all namespaces (the default)', group: 'What is shown'},
	{
		name: 'output',
		short: 'o',
		value: 'FORMAT',
		help: 'json, ndjson, csv or table, instead of the screen',
		group: 'Output',
	},
	{name: 'json', help: 'the same as -o json', group: 'Output'},
	{name: 'watch', short: 'w', help: 'keep printing, once an interval', group: 'Output'},
	{name: 'count', value: 'N', help: 'end after N snapshots (with -w)', group: 'Output'},
	{name: 'containers', help: "containers instead of pods, with 'pods -o table'", group: 'Output'},
	{
		name: 'sink',
		value: 'URI',
		isRepeatable: true,
		help: 'where ktop record writes: influxdb:URL?db=k8s or file:PATH; may repeat',
		group: 'Recording',
	},
	{
		name: 'shard',
		value: 'I/N',
		help: 'read part I (from 0) of N of the nodes; I may be a StatefulSet pod’s name',
		group: 'Recording',
	},
	{
		name: 'listen',
		value: '[HOST]:PORT',
		help: 'answer /healthz and /metrics while recording',
		group: 'Recording',
	},
	{name: 'speed', value: 'N', help: 'replay N times as fast (default 1)', group: 'Recording'},
	{name: 'record', help: 'with ktop rbac: the manifest of a recorder', group: 'Recording'},
	{name: 'token-file', value: 'FILE', help: 'bearer token, read again when it is rotated', group: 'Access'},
	{
		name: 'token',
		value: 'TOKEN',
		help: 'bearer token (better KTOP_TOKEN: arguments are public)',
		group: 'Access',
	},
	{name: 'client-certificate', value: 'FILE', help: 'PEM certificate to prove who you are', group: 'Access'},
	{name: 'client-key', value: 'FILE', help: 'PEM key of that certificate', group: 'Access'},
	{
		name: 'certificate-authority',
		value: 'FILE',
		help: 'PEM authority of the API server or cAdvisor',
		group: 'Access',
	},
	{
		name: 'kubelet-ca',
		value: 'FILE',
		help: 'PEM authority that signed the kubelets’ certificates (default: the cluster’s)',
		group: 'Access',
	},
	{
		name: 'kubelet-server-name',
		value: 'NAME',
		help: 'the name in the kubelet’s certificate',
		group: 'Access',
	},
	{name: 'kubelet-insecure-tls', help: 'accept any kubelet certificate', group: 'Access'},
	{name: 'insecure-skip-tls-verify', help: 'accept any certificate of other servers', group: 'Access'},
	{
		name: 'theme',
		value: 'NAME',
		help: 'terminal (its own 16 colours, the default), dark, light or colorblind',
		group: 'Other',
	},
	{
		name: 'colors',
		value: 'N',
		help: 'none, 16, 256 or true (default: what the terminal says of itself)',
		group: 'Other',
	},
	{name: 'charts', value: 'KIND', help: 'lines (the default) or braille', group: 'Other'},
	{name: 'no-mouse', help: 'leave the mouse to the terminal', group: 'Other'},
	{name: 'screen-reader', help: 'sentences in place of tables and charts', group: 'Other'},
	{name: 'no-color', help: 'no colours (NO_COLOR does the same)', group: 'Other'},
	{name: 'ascii', help: 'no characters but ASCII (the default unless the locale is UTF-8)', group: 'Other'},
	{name: 'help', short: 'h', help: 'this text', group: 'Other'},
	{name: 'version', help: 'the version', group: 'Other'},
] as const satisfies readonly Flag[];

export type FlagName = (typeof FLAGS)[number]['name'];
