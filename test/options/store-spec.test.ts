import {describe, expect, test} from 'vitest';
import {influxdbUri, parseHistory, parseSink} from '../../source/options/store-spec.ts';

const INFLUXDB = {
	kind: 'influxdb',
	url: 'http://influx:8086',
	login: undefined,
	authorityFile: undefined,
	isInsecure: false,
	database: 'k8s',
	retentionPolicy: undefined,
	retentionMs: 0,
	hasFields: false,
	clusterName: 'default',
	spoolFolder: undefined,
	spoolBytes: 2 ** 30,
};

describe('a history', () => {
	test.each([
		['influxdb:http://influx:8086', INFLUXDB],
		['influxdb:influx', INFLUXDB],
		['influxdb:http://influx', INFLUXDB],
		['influxdb:https://influx', {...INFLUXDB, url: 'https://influx'}],
		['influxdb:http://influx:80/store/', {...INFLUXDB, url: 'http://influx/store'}],
		[
			'influxdb:http://monitoring-influxdb:8086?db=heap&rp=gold&withfields=true&cluster_name=eu',
			{
				...INFLUXDB,
				url: 'http://monitoring-influxdb:8086',
				database: 'heap',
				retentionPolicy: 'gold',
				hasFields: true,
				clusterName: 'eu',
			},
		],
		[
			'influxdb:http://me:pass%40word@influx:8086',
			{...INFLUXDB, login: {kind: 'password', user: 'me', password: 'pass@word'}},
		],
		// Heapster's names of these.
		[
			'influxdb:http://influx:8086?user=root&pw=root&insecuressl=true',
			{...INFLUXDB, isInsecure: true, login: {kind: 'password', user: 'root', password: 'root'}},
		],
		[
			'influxdb:http://influx:8086?user=me&passwordfile=pw.txt&ca=ca.crt',
			{
				...INFLUXDB,
				authorityFile: 'ca.crt',
				login: {kind: 'password-file', user: 'me', file: 'pw.txt'},
			},
		],
		[
			'influxdb:http://influx:8086?tokenfile=token',
			{...INFLUXDB, login: {kind: 'token-file', file: 'token'}},
		],
		[
			'prometheus:http://prom/prefix?node=instance&match=cluster%3D%22eu%22&interval=15s&header=X-Scope-OrgID:7',
			{
				kind: 'prometheus',
				url: 'http://prom:9090/prefix',
				login: undefined,
				authorityFile: undefined,
				isInsecure: false,
				headers: [['X-Scope-OrgID', '7']],
				labels: {node: 'instance'},
				matchers: 'cluster="eu"',
				scrapeIntervalMs: 15_000,
			},
		],
	])('%s is understood', (text, spec) => {
		expect(parseHistory(text, {})).toEqual(spec);
	});

	test.each([
		['INFLUX', 'influxdb:http://influx:8086'],
		['PROMETHEUS', 'prometheus:http://influx:9090'],
	])('takes its credentials from the environment (%s_)', (prefix, text) => {
		expect(parseHistory(text, {[`${prefix}_TOKEN`]: 't'})).toMatchObject({
			login: {kind: 'token', token: 't'},
		});
		expect(parseHistory(text, {[`${prefix}_USERNAME`]: 'u', [`${prefix}_PASSWORD`]: 'p'})).toMatchObject({
			login: {kind: 'password', user: 'u', password: 'p'},
		});
	});

	test.each([
		['postgres:x', 'unknown store; use influxdb:URL or prometheus:URL'],
		['influxdb:', 'invalid address; write influxdb:http://HOST:8086'],
		['influxdb:ftp://x', 'invalid address'],
		['influxdb:http://x?dbb=k8s', 'unknown parameter “dbb”; use'],
		['influxdb:http://x?pw=secret', 'a password needs a user'],
		['influxdb:http://x?spoolsize=lots', 'spoolsize=lots is not a size'],
		['influxdb:http://x?retention=long', 'retention=long is not a duration'],
		['prometheus:http://x?interval=0s', 'interval=0s is not a scrape interval of 1s or more'],
		['prometheus:http://x?header=nonsense', 'invalid header'],
		['prometheus:http://x?node=a-b', 'node=a-b is not a label name'],
		['influxdb:http://x:', 'the port after “:” is missing; write influxdb:http://HOST:8086'],
		['influxdb:x:/prefix?db=k8s', 'the port after “:” is missing'],
		['prometheus:https://x:', 'the port after “:” is missing; write prometheus:http://HOST:9090'],
		['influxdb:http://x:08086', 'invalid address'],
		['influxdb:http://x?insecure=yes', 'insecure= must be true or false'],
		['influxdb:http://x?db=', 'db= has no value'],
		['influxdb:http://x?db=a&db=b', 'db= is given more than once'],
		['file:a.ktop', 'a recording cannot be a history store; use ktop replay FILE'],
	])('%s reports what is wrong', (text, problem) => {
		expect(parseHistory(text, {})).toEqual({problem: expect.stringContaining(problem)});
	});

	test.each([
		'influxdb:http://me:topsecret@x?nope=1',
		'influxdb:http://x?token=topsecret&nope=1',
		'influxdb:ftp://me:topsecret@x',
		'topsecret@x',
	])('%s is reported without its secret', text => {
		const answer = parseHistory(text, {});
		expect('problem' in answer && answer.problem).not.toContain('topsecret');
	});
});

describe('a sink', () => {
	test('may be a file, whose name may hold anything', () => {
		expect(parseSink('file:/tmp/a b?c@d.ktop', {})).toEqual({kind: 'file', path: '/tmp/a b?c@d.ktop'});
	});

	test('cannot be Prometheus, which scrapes', () => {
		expect(parseSink('prometheus:http://x', {})).toEqual({
			problem: expect.stringContaining('scrapes and cannot be written to'),
		});
	});

	test('is written again without its credentials', () => {
		const spec = parseSink('influxdb:http://me:topsecret@x:8086?db=a%26b&retention=24h&cluster_name=eu', {});
		const uri = 'problem' in spec || spec.kind !== 'influxdb' ? '' : influxdbUri(spec);
		expect(uri).toBe('influxdb:http://x:8086?db=a%26b&retention=86400s&cluster_name=eu');
		expect(parseSink(uri, {})).toEqual({...spec, login: undefined});
	});
});
