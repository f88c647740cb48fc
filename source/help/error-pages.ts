import type {FailureCode} from '../metrics/model/failure.ts';

/** What an error means, for `ktop explain` and the topic troubleshooting. Texts are Markdown. */
export type ErrorPage = {
	/** What went wrong, as a clause. */
	readonly title: string;
	/** The words of SOURCE, of the header and of `brief` in messages; `…` stands for any text. */
	readonly shown: readonly string[];
	/** What ktop saw. */
	readonly seen: string;
	/** The usual causes. */
	readonly why: readonly string[];
	/** What helps, the likeliest first. */
	readonly fix: readonly string[];
};

/** A page for every code that a source, a store, a recording or a command can fail with. */
export const ERROR_PAGES: Readonly<Record<FailureCode, ErrorPage>> = {
	aborted: {
		title: 'the request was stopped',
		shown: ['stopped', 'reader restarted'],
		seen: 'ktop itself ended a request before its answer.',
		why: [
			'ktop is shutting down, or the answer is no longer needed: you went to another page.',
			'Of `reader restarted`: the thread that reads the node ended, and another one took its place.',
		],
		fix: ['Nothing: the next round reads the node again. If readers restart often, please report it.'],
	},
	'bad-answer': {
		title: 'the answer is not what was asked for',
		shown: [
			'not HTTP',
			'requires https',
			'broken gzip',
			'not a summary',
			'no resource metrics',
			'no cAdvisor metrics',
			'not cAdvisor’s answer',
			'no endpoint',
			'no route',
			'another node',
			'no JSON',
			'not a Kubernetes list',
			'not a watch event',
			'no Kubernetes API',
			'nothing listed',
			'pages repeat',
			'… not API server',
			'… not a kubelet',
			'… redirect',
			'… refused',
			'… API server',
			'error …',
			'no Prometheus',
			'not InfluxDB',
			'no InfluxQL',
			'… not a store',
			'history error',
			'… history',
			'damaged recording',
			'defect in ktop',
		],
		seen: 'Something answered, but not in the format of the server that the address should be.',
		why: [
			'The address or its scheme is wrong: another service listens there, or HTTPS is spoken where HTTP was used.',
			'A proxy, a firewall or a login page answered in place of the server.',
			'The server is of a version whose answers ktop does not know.',
			'Of a recording: its end was cut off, or the file was changed.',
		],
		fix: [
			'Read the message: it quotes the beginning of the answer.',
			'Check scheme, host, port and path of the address, and `HTTPS_PROXY` and `NO_PROXY`.',
			'Ask the same by hand: `kubectl get --raw /api/v1/nodes/NODE/proxy/stats/summary`.',
			'If the address is right, report it with `ktop doctor -o json` and the version of the server.',
		],
	},
	'connection-lost': {
		title: 'the connection was closed in the middle',
		shown: ['connection lost'],
		seen: 'A connection was accepted and closed, or reset, before the answer was complete.',
		why: [
			'The server restarted, or a load balancer or firewall closes connections.',
			'The server requires TLS and was spoken to in plain HTTP, or requires a client certificate.',
		],
		fix: [
			'Nothing if it passes: ktop retries by itself, after two minutes at the latest.',
			'If it stays: try `https://` in the address, or `--client-certificate` and `--client-key`.',
		],
	},
	forbidden: {
		title: 'a right is missing',
		shown: ['403 needs …', '403 forbidden', '403 history'],
		seen: 'The server knows who asks, and does not allow it (HTTP 403).',
		why: [
			'No ClusterRole of the user allows it. `403 needs nodes/stats` names the right.',
			'Kubelets ask the API server about rights; one that says `system:anonymous` got no credentials.',
			'Of a history store: the user or tenant may not query it.',
		],
		fix: [
			'`ktop rbac --for-user NAME | kubectl apply -f -` grants the least rights that ktop needs; `kubectl auth whoami` prints the name.',
			'`ktop doctor` prints the one ClusterRole that is missing.',
			'Without rights to all namespaces: `-n NAMESPACE`.',
		],
	},
	'name-not-found': {
		title: 'the name of the server cannot be resolved',
		shown: ['name not found'],
		seen: 'DNS knows no address for the host name.',
		why: [
			'Node names are often known only within the cluster’s network.',
			'The name is misspelled, or the VPN that resolves it is down.',
		],
		fix: [
			'Use an address that resolves here: `--kubelet-address-types InternalIP,ExternalIP`, or an IP address.',
			'Let the API server go there: `--via proxy`.',
			'Check DNS and `/etc/hosts`.',
		],
	},
	'not-found': {
		title: 'the server has no such thing',
		shown: [
			'404 …',
			'404 not found',
			'404 not cAdvisor',
			'404 history',
			'no cluster',
			'no metrics.k8s.io',
			'not in metrics.k8s.io',
			'no container metrics',
			'no such database',
			'no retention policy',
			'not in history',
			'empty history',
			'unknown history',
		],
		seen: 'The address answers, and what was asked for does not exist there (HTTP 404).',
		why: [
			'`no cluster`: there is no kubeconfig, and ktop does not run in a pod.',
			'`404 /stats/summary`: the port is not a kubelet’s, or the kubelet has that endpoint disabled.',
			'`no metrics.k8s.io`: the cluster has no metrics-server. ktop only asks it if kubelets cannot be read.',
			'Of a history store: the database, the retention policy or the path does not exist, or the store holds no metrics that ktop knows.',
		],
		fix: [
			'Check the port: kubelets have 10250, and 10255 where the read-only port is on.',
			'Check `db=`, `rp=` and the path of `--history`; `ktop help history` lists the schemas.',
			'`ktop doctor` shows which step of the way fails.',
		],
	},
	refused: {
		title: 'nothing listens on that port',
		shown: ['refused'],
		seen: 'The host answered that the port is closed.',
		why: [
			'The kubelet or server does not run, or listens on another port or address.',
			'A firewall rejects the connection.',
		],
		fix: [
			'On the node: `systemctl status kubelet`, and `ss -ltn` for the port.',
			'Check the port of the address: 10250 for kubelets, 8086 for InfluxDB, 9090 for Prometheus.',
			'If only the control plane reaches nodes: `--via proxy`.',
		],
	},
	'server-error': {
		title: 'the server has a problem of its own',
		shown: [
			'… server error',
			'error …',
			'410 expired',
			'API server down',
			'503 metrics.k8s.io',
			'… history',
			'history server error',
			'spool full',
			'spool unreadable',
			'demo did not start',
		],
		seen: 'The server answered with an error of its own (HTTP 5xx), or could not do its work.',
		why: [
			'It is starting, overloaded, or cannot reach something that it needs.',
			'`API server down`: kubelets check tokens and rights with it, and refuse what they cannot check.',
			'`spool full`: the disk of `ktop record` has no room.',
			'`spool unreadable`: what waits there is kept, and sent when it can be read.',
		],
		fix: [
			'Look at its log: `journalctl -u kubelet`, `kubectl get --raw /readyz`.',
			'Nothing if it passes: ktop retries by itself.',
		],
	},
	throttled: {
		title: 'the server limits requests',
		shown: ['429 throttled', '429 history'],
		seen: 'The server answered that too many requests arrive (HTTP 429).',
		why: ['The API server or the store protects itself. Other clients count as well.'],
		fix: [
			'Use a longer `--interval`.',
			'Grant direct access to kubelets (`ktop rbac`), so that nothing goes through the API server’s proxy.',
		],
	},
	timeout: {
		title: 'there was no complete answer in time',
		shown: [
			'timeout …',
			'proxy timeout',
			'proxy is busy',
			'exec plugin timeout',
			'history too slow',
			'API server down',
		],
		seen: 'The connection, the TLS handshake or the answer took longer than `--request-timeout` (10 s).',
		why: [
			'A firewall drops packets instead of rejecting them: from here, the port cannot be reached.',
			'The node is overloaded, or its container runtime hangs: then `kubectl top node` lacks it too.',
			'The message says how far the request came: no connection, no handshake, no answer, or half of one.',
		],
		fix: [
			'No connection: run ktop where nodes can be reached (a bastion, a pod), or use `--via proxy`.',
			'No answer: on the node, look at the load and at `journalctl -u kubelet -u containerd`.',
			'Raise `--request-timeout` for slow links.',
			'Of a history store: choose a shorter window with `t`.',
		],
	},
	'tls-client-certificate': {
		title: 'the server rejected the client certificate, or requires one',
		shown: ['tls: client certificate'],
		seen: 'The server ended the TLS handshake over the client’s certificate.',
		why: [
			'The server requires a certificate and got none.',
			'The certificate has expired, or was signed by an authority that this server does not trust.',
		],
		fix: [
			'Pass one that it trusts: `--client-certificate FILE --client-key FILE`.',
			'See when it ends: `openssl x509 -noout -enddate -issuer -in FILE`.',
		],
	},
	'tls-expired': {
		title: 'the server’s certificate is expired or not yet valid',
		shown: ['tls: expired'],
		seen: 'The time of this machine is outside the certificate’s validity.',
		why: ['The certificate was not renewed.', 'A clock is wrong, here or where it was issued.'],
		fix: [
			'Renew it. A kubelet makes a new self-signed certificate if `/var/lib/kubelet/pki/kubelet.crt` and `kubelet.key` are removed and it restarts; with `serverTLSBootstrap: true`, approve its request (`kubectl get csr`).',
			'Compare `date` on both machines.',
		],
	},
	'tls-internal-error': {
		title: 'the kubelet has no certificate to show',
		shown: ['tls: internal error'],
		seen: 'The server ended the TLS handshake with the alert “internal error”.',
		why: ['The kubelet has `serverTLSBootstrap: true`, and nobody approved its certificate signing request.'],
		fix: [
			'`kubectl get csr` lists the requests; `kubectl certificate approve NAME` approves one.',
			'Until then: `--via proxy` does not help, as the API server meets the same error.',
		],
	},
	'tls-not-https': {
		title: 'the port does not use TLS',
		shown: ['tls: not https'],
		seen: 'ktop began a TLS handshake and the answer was something else.',
		why: ['The port speaks plain HTTP, such as the kubelet’s read-only port 10255 or a proxy.'],
		fix: ['Write `http://` in the address, or the port that uses TLS.'],
	},
	'tls-name-mismatch': {
		title: 'the certificate is for another name',
		shown: ['tls: no IP SAN', 'tls: wrong name'],
		seen: 'The certificate is signed by a known authority, and does not name the address that was used.',
		why: [
			'ktop connects to the node’s IP address, and the certificate only has its host name.',
			'A load balancer or tunnel has another name than the server behind it.',
		],
		fix: [
			'Connect by name: `--kubelet-address-types Hostname,InternalDNS,InternalIP`.',
			'Name what the certificate has: `--kubelet-server-name NAME`, or `--tls-server-name NAME` for the API server.',
			'As a last resort `--kubelet-insecure-tls`, which accepts any certificate of kubelets.',
		],
	},
	'tls-unknown-authority': {
		title: 'the certificate is signed by an unknown authority',
		shown: ['tls: unknown authority'],
		seen: 'No authority that ktop trusts signed the certificate.',
		why: [
			'Kubelets without `serverTLSBootstrap` sign their own certificates. kubeadm leaves it so.',
			'The kubelets’ authority is not that of the API server.',
			'A proxy that inspects TLS shows a certificate of its own.',
		],
		fix: [
			'Pass the authority: `--kubelet-ca FILE` for kubelets, `--certificate-authority FILE` for the API server.',
			'Give kubelets signed certificates: `serverTLSBootstrap: true`.',
			'As a last resort `--kubelet-insecure-tls`, which accepts any certificate of kubelets.',
		],
	},
	'tls-version': {
		title: 'no version of TLS in common',
		shown: ['tls: no common version'],
		seen: 'The server ended the TLS handshake as it speaks no version or cipher that ktop speaks.',
		why: [
			'An old server, proxy or load balancer only speaks TLS 1.0 or 1.1, or only ciphers that are broken.',
		],
		fix: [
			'Enable TLS 1.2 or 1.3 there: `tlsMinVersion` and `tlsCipherSuites` in the configuration of a kubelet.',
		],
	},
	'too-large': {
		title: 'the answer is larger than ktop accepts',
		shown: ['answer too large', 'event too large', 'history too large', 'history truncated'],
		seen: 'The answer went over ktop’s limit, or a query over the limit of the store.',
		why: [
			'A node has very many pods, and its summary is large.',
			'The window times the number of series is more than the store returns in one answer.',
		],
		fix: [
			'Of a node: nothing, ktop falls back to its smaller endpoints.',
			'Of a history store: choose a shorter window with `t`, or raise the limit of the store.',
		],
	},
	unauthorized: {
		title: 'the credentials are missing or not valid',
		shown: [
			'401 unauthorized',
			'401 history',
			'API server down',
			'no credentials',
			'no certificate authority',
			'bad authority',
			'bad client certificate',
			'exec plugin failed',
			'exec plugin missing',
			'exec needs a terminal',
		],
		seen: 'The server does not know who asks (HTTP 401), or ktop could not get credentials.',
		why: [
			'A token or certificate has expired.',
			'A kubelet has webhook token authentication off, and takes client certificates alone.',
			'The exec plugin of the kubeconfig failed, or is not installed.',
		],
		fix: [
			'Log in again, and see who you are: `kubectl auth whoami`.',
			'Pass `--token-file`, or `--client-certificate` and `--client-key`.',
			'Of a history store: `user=` and `passwordfile=`, or `INFLUX_TOKEN` and `PROMETHEUS_TOKEN`.',
		],
	},
	unreachable: {
		title: 'there is no way to that address',
		shown: [
			'unreachable',
			'no route',
			'no address',
			'503 node unreachable',
			'proxy failed',
			'requires https',
			'proxy: HTTP …',
		],
		seen: 'The network has no route to the address, or the proxy on the way opens no tunnel.',
		why: [
			'Nodes have private addresses, and this machine is outside their network.',
			'`503 node unreachable`: the API server cannot reach the kubelet either, so the node is down or cut off.',
			'`no address`: the node has no address of the types that `--kubelet-address-types` allows.',
		],
		fix: [
			'Run ktop where nodes can be reached (a bastion, a pod), or use `--via proxy`.',
			'Check VPN and routes: `ip route get ADDRESS`.',
			'Check `proxy-url` of the kubeconfig, `HTTPS_PROXY` and `NO_PROXY`.',
		],
	},
	unsupported: {
		title: 'that is not possible there',
		shown: [
			'virtual',
			'405 disabled',
			'--as needs the proxy',
			'old cAdvisor',
			'newer recording',
			'no /proc',
			'no cgroups mounted',
			'no containers here',
		],
		seen: 'The node, system, server or file does not have what is needed.',
		why: [
			'`virtual`: a node without a kubelet, such as Fargate’s or virtual-kubelet’s. This is expected.',
			'`405 disabled`: the kubelet has `enableDebuggingHandlers: false`.',
			'`--as needs the proxy`: kubelets do not support impersonation.',
			'`no containers here`: this system has no cgroups, so containers run in a virtual machine.',
		],
		fix: [
			'Let `--via auto` try the API server’s proxy and metrics-server.',
			'Replay a newer recording with a newer ktop.',
		],
	},
	usage: {
		title: 'the command line, a file or a setting is wrong',
		shown: [
			'--for-user',
			'--namespace',
			'bad address',
			'bad certificate file',
			'bad demo option',
			'bad impersonation',
			'bad label',
			'bad matchers',
			'cannot listen',
			'cannot log',
			'cannot record',
			'empty recording',
			'file exists',
			'kubeconfig invalid',
			'no context',
			'no context chosen',
			'no database',
			'no recording',
			'no spool',
			'no store',
			'no such file',
			'no such recording',
			'no token',
			'proxy invalid',
			'server invalid',
			'spool in use',
			'token over plain http',
		],
		seen: 'What was given cannot be used. The message names the flag or the file and its line.',
		why: [
			'A value is misspelled, a file does not exist or cannot be read, or two flags contradict each other.',
		],
		fix: ['Do what the second line of the message says.', '`ktop --help` lists all flags with their values.'],
	},
};

/**
 * The codes that a text leads to: a code by its name, or words of the screen; else by their first word, as 403 or tls, or as a
 * status that any page has in general.
 */
export function codesFor(text: string): readonly FailureCode[] {
	// SOURCE also says `stored: refused`.
	const wanted = text
		.trim()
		.toLowerCase()
		.replace(/^stored: /, '');
	const said = codesThatShow(shown => matches(shown, wanted));
	if (said.length > 0 || ERROR_CODES.some(code => code === wanted)) {
		return ERROR_CODES.filter(code => code === wanted || said.includes(code));
	}

	const begun = codesThatShow(shown => firstWord(shown) === wanted);
	return begun.length > 0 || !/^[345]\d\d$/.test(wanted)
		? begun
		: codesThatShow(shown => firstWord(shown) === '…');
}

export const ERROR_CODES = (Object.keys(ERROR_PAGES) as FailureCode[]).sort();

function codesThatShow(isMeant: (shown: string) => boolean): readonly FailureCode[] {
	return ERROR_CODES.filter(code => ERROR_PAGES[code].shown.some(isMeant));
}

/** In lower case, without a colon behind it. */
function firstWord(shown: string): string {
	return /^[^\s:]*/.exec(shown.toLowerCase())?.[0] ?? '';
}

function matches(shown: string, wanted: string): boolean {
	const pattern = shown
		.toLowerCase()
		.split('…')
		.map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
		.join('\\S+');
	return new RegExp(`^${pattern}$`).test(wanted);
}

/** The page as Markdown, under a heading of this level. */
export function errorPage(code: FailureCode, level: number): string {
	const {title, shown, seen, why, fix} = ERROR_PAGES[code];
	return [
		`${'#'.repeat(level)} ${code}: ${title}`,
		'',
		`On the screen: ${shown.map(words => `\`${words}\``).join(', ')}.`,
		'',
		`**What was seen.** ${seen}`,
		'',
		'**Why.**',
		'',
		...why.map(cause => `- ${cause}`),
		'',
		'**What to do.**',
		'',
		...fix.map(step => `- ${step}`),
		'',
	].join('\n');
}
