import assert from 'node:assert/strict';
import {mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import fc from 'fast-check';
import {retryAfterMs} from '../../../source/cluster/connection/api/retry-after.ts';
import {decodeKubeconfig} from '../../../source/cluster/connection/kubeconfig/decode.ts';
import {parseYaml} from '../../../source/cluster/connection/kubeconfig/parse-yaml.ts';
import {parseServer} from '../../../source/cluster/connection/server-url.ts';
import {parseSourceUrl} from '../../../source/cluster/connection/source-url.ts';
import {parseDemoOptions} from '../../../source/demo/demo-options.ts';
import {parseMatchers} from '../../../source/history/prometheus/label-names.ts';
import {parseProxy} from '../../../source/http/proxy.ts';
import {parseDurationMs} from '../../../source/metrics/model/duration.ts';
import {parseQuantity} from '../../../source/metrics/model/quantity.ts';
import {readConfig} from '../../../source/options/config-file.ts';
import {FLAGS} from '../../../source/options/option-table.ts';
import {parseOptions} from '../../../source/options/parse-options.ts';
import {parseSource} from '../../../source/options/source-spec.ts';
import {parseHistory, parseSink} from '../../../source/options/store-spec.ts';
import {parseTimestamp} from '../../../source/scrape/timestamp.ts';
import {damagedJson} from '../damaged-json.ts';
import {damagedText} from '../damaged-text.ts';
import {assertNumbers, soundly} from '../soundness.ts';
import {target} from '../target.ts';

const ANY_FINITE = {least: -Number.MAX_VALUE};

const KUBECONFIG = `apiVersion: v1
kind: Config
current-context: a
contexts:
- name: a
  context: {cluster: c, user: u, namespace: shop}
clusters:
- name: c
  cluster: &c
    server: https://10.0.0.1:6443
    certificate-authority-data: LS0tLS1CRUdJTg==
    proxy-url: http://proxy:3128
    extensions: [{name: client.authentication.k8s.io/exec, extension: {a: b}}]
users:
- name: u
  user:
    token: abc
    exec:
      apiVersion: client.authentication.k8s.io/v1
      command: aws
      args: [eks, get-token]
      env: [{name: A, value: b}]
      provideClusterInfo: true
`;
const YAML = [
	'*c',
	'&c',
	'<<: *c',
	'---\n',
	'%YAML 1.2\n',
	'!!binary ',
	'? ',
	'|\n',
	'>-\n',
	'{a: &x [*x]}',
	'0x10',
	'0o7',
	'.inf',
	'.nan',
	'2026-11-27',
	'~',
];

const CONFIG = `theme: light
interval: 5s
source: [kubernetes, "kubelet:https://10.0.0.1:10250"]
history: influxdb:http://127.0.0.1:8086?db=k8s
columns:
  pods: [name, cpu, memory]
  nodes: [name, ~cpuCores]
`;

const ADDRESSES = [
	'kubernetes:https://10.0.0.1:6443?insecure=true&useServiceAccount=true',
	'kubelet:https://[fe80::1%25eth0]:10250',
	'kubelet:user:secret@node-1.example.com:10250/prefix',
	'cadvisor:10.0.0.1',
	'demo:nodes=5,pods=10,seed=1',
	'local',
	'influxdb:http://u:p@127.0.0.1:8086/x?db=k8s&rp=default&retention=30d&withfields=true&cluster_name=c&spoolsize=1Gi',
	'prometheus:https://mimir.example.com/prometheus?header=X-Scope-OrgID:a&match=cluster="prod"&interval=30s&node=instance',
	'file:/tmp/a.ktop',
	'socks5h://user:p%40ss@[::1]:1080',
	'http://proxy:3128',
];
const AMOUNTS = [
	'250m',
	'3Ki',
	'1e3',
	'-0.5Gi',
	'1m30s',
	'7d',
	'500ms',
	'1E',
	'18446744073709551615',
	'0.0000000001',
	'2026-11-27T01:02:03.123456789Z',
	'Fri, 27 Nov 2026 01:02:03 GMT',
	'120',
];

const words = [
	...FLAGS.flatMap(({name}) => [`--${name}`, `--no-${name}`, `--${name}=1`]),
	'doctor',
	'record',
	'replay',
	'rbac',
	'explain',
	'help',
	'pods',
	'nodes',
	'-n',
	'-o',
	'json',
	'--',
	'-',
	'-1',
	'5s',
	'kube-system',
	'app=web',
	...ADDRESSES,
];

const folder = mkdtempSync(join(process.env.TMPDIR ?? tmpdir(), 'ktop-fuzz-'));
const configFile = join(folder, 'config.yaml');

export const SETTINGS = [
	target('kubeconfig', 'a kubeconfig', damagedText([KUBECONFIG], YAML), async text => {
		await soundly(() => decodeKubeconfig(parseYaml(text, 'config'), 'config', '/home/u/.kube'));
	}),
	target(
		'kubeconfig of any shape',
		'a kubeconfig',
		damagedJson(parseYaml(KUBECONFIG, 'config') as never),
		async text => {
			await soundly(() => decodeKubeconfig(parseYaml(text, 'config'), 'config', '/home/u/.kube'));
		},
	),
	target('config file', 'a config file', damagedText([CONFIG], YAML), async text => {
		writeFileSync(configFile, text);
		const config = await readConfig(configFile);
		for (const problem of config.problems) {
			assert.ok(problem.startsWith(configFile), problem);
		}

		parseOptions([], {}, config);
	}),
	target(
		'addresses',
		'sources, stores, sinks and proxies',
		damagedText(ADDRESSES, ['://', '@', '?', '&', '=', '//', ':99999', '[', ']']),
		async text => {
			for (const parse of [
				() => parseSource(text),
				() => parseHistory(text, {}),
				() => parseSink(text, {}),
				() => parseProxy(text),
				() => parseServer(text),
				() =>
					parseSourceUrl(text, {
						environment: {},
						homeDirectory: '/',
						now: () => 0,
						isInteractive: () => false,
					}),
				() => parseDemoOptions(text.replace(/^demo:/, '')),
				() => parseMatchers(text),
			]) {
				const parsed = await soundly<unknown>(parse);
				if (!(typeof parsed === 'object' && parsed !== null && 'problem' in parsed)) {
					assertNumbers(parsed, ANY_FINITE);
				}
			}
		},
	),
	target(
		'durations, quantities and times',
		'amounts as Kubernetes and users write them',
		damagedText(AMOUNTS, ['e', 'E', 'Ki', 'm', '.', '+']),
		text => {
			assertNumbers([parseQuantity(text), parseQuantity(Number(text)), parseTimestamp(text)], ANY_FINITE);
			assertNumbers(parseDurationMs(text));
			assertNumbers([429, 503].map(status => retryAfterMs({status, headers: {'retry-after': text}}, 0)));
		},
	),
	target(
		'options',
		'words of a command line',
		fc.array(fc.oneof(fc.constantFrom(...words), damagedText(words)), {maxLength: 8}),
		async argv => {
			const parsed = await soundly(() => parseOptions(argv, {}));
			if (parsed?.kind === 'run') {
				assertNumbers(parsed.options, ANY_FINITE);
			}
		},
	),
];
