import {PRINTED_LEVELS} from '../metrics/model/levels.ts';
import {SHELLS} from '../options/command-words.ts';
import type {Flag} from '../options/flag.ts';
import {SECTIONS} from '../options/option-table.ts';
import {wrapWords} from './wrap-words.ts';

const SOURCES = `Sources
  kubernetes[:https://HOST:6443]  the cluster that kubectl would use
  kubelet:https://HOST:10250    a kubelet (kubelet:HOST for short)
  kubelet:http://HOST:10255     a kubelet's read-only port
  cadvisor:http://HOST:4194     cAdvisor (cadvisor:HOST for short)
  local                         this machine and its containers
  history                       what the stores of --history have; no scrapes
  demo:nodes=N,pods=M,seed=S    a simulated cluster, marked DEMO`;

const STORES = `Stores (parameters follow ?, as in ?db=k8s&user=ktop&passwordfile=pw)
  influxdb:http://HOST:8086     InfluxDB 1.x, 2.x (DBRP), 3.x: db, rp, user,
                                password, passwordfile, token, tokenfile, ca,
                                insecure; for --sink also retention, withfields,
                                cluster_name, spool, spoolsize
  prometheus:http://HOST:9090   Prometheus, VictoriaMetrics, Thanos, Mimir: the
                                labels node, namespace, pod, container; match,
                                interval, header, user, token, …
  file:PATH                     a recording, for ktop replay and for bug reports
  The environment may give INFLUX_TOKEN, INFLUX_USERNAME, INFLUX_PASSWORD, and
  the same names with PROMETHEUS_.`;

const EXAMPLES = `Examples
  ktop                                     the cluster, full screen
  ktop doctor                              what works, what fails, and the fix
  ktop rbac -n monitoring | kubectl apply -f -
  ktop pods --context prod-eu -n shop -l app=web
  ktop --source local                      this machine
  ktop --source kubelet:10.0.0.7 --kubelet-ca ca.crt --token-file token
  ktop pods --sort memory --filter 'shop cpu>100m'
  ktop --json | jq '.nodes[] | {name, cpu}'
  ktop pods -o ndjson -w --count 3 --interval 10s
  ktop --history 'influxdb:http://monitoring-influxdb:8086?db=k8s'
  ktop record --sink 'influxdb:http://monitoring-influxdb:8086?db=k8s'
  ktop record --sink file:incident.ktop && ktop replay incident.ktop --speed 8`;

/** The text of the help, at most 80 columns wide. */
export function usageText(): string {
	const sections = SECTIONS.map(({title, flags}) => `${title}\n${flags.map(flagLine).join('\n')}`);
	return [
		'ktop: a full-screen terminal monitor for Kubernetes',
		`Usage\n  ktop [${PRINTED_LEVELS.join('|')}] [flags]\n  ktop doctor | rbac [flags]\n  ktop record --sink URI [flags]\n  ktop replay FILE [flags]\n  ktop help [TOPIC] | explain [CODE] | completion ${SHELLS.join('|')} | version\n  When stdout is no terminal, one JSON snapshot is printed.`,
		SOURCES,
		STORES,
		...sections,
		EXAMPLES,
		'More: ktop help lists topics, ktop explain the codes of errors.',
		'Exit codes: 0 data was read, 1 nothing could be read, 2 usage, 130 Ctrl-C.',
	].join('\n\n');
}

const FLAG_WIDTH = 32;
const WIDTH = 80;

function flagLine({name, short, value, help}: Flag): string {
	const flag = `  ${short === undefined ? '   ' : `-${short},`} --${name}${value === undefined ? '' : ` ${value}`}`;
	const start = flag.length < FLAG_WIDTH ? flag.padEnd(FLAG_WIDTH) : `${flag}\n${' '.repeat(FLAG_WIDTH)}`;
	return start + wrapWords(help, WIDTH - FLAG_WIDTH).join(`\n${' '.repeat(FLAG_WIDTH)}`);
}
