import {describe, expect, test} from 'vitest';
import {completionOf} from '../../source/completion/completion.ts';
import SOURCES_TOPIC from '../../source/help/sources.md';
import {usageText} from '../../source/help/usage.ts';
import {parseSource, SOURCE_KINDS} from '../../source/options/source-spec.ts';

describe('a source', () => {
	test.each([
		['local', {kind: 'local'}],
		['history', {kind: 'history'}],
		['demo', {kind: 'demo', options: ''}],
		['demo:nodes=3,pods=9', {kind: 'demo', options: 'nodes=3,pods=9'}],
		['kubelet:10.0.0.7', {kind: 'kubelet', url: 'https://10.0.0.7:10250'}],
		['kubelet:node-a:1234', {kind: 'kubelet', url: 'https://node-a:1234'}],
		['kubelet:https://10.0.0.7:10250', {kind: 'kubelet', url: 'https://10.0.0.7:10250'}],
		['kubelet:https://10.0.0.7:10250/', {kind: 'kubelet', url: 'https://10.0.0.7:10250'}],
		['kubelet:http://10.0.0.7', {kind: 'kubelet', url: 'http://10.0.0.7:10255'}],
		['kubelet:https://host:443', {kind: 'kubelet', url: 'https://host'}],
		['kubelet:[fd00::7]', {kind: 'kubelet', url: 'https://[fd00::7]:10250'}],
		['kubelet:https://host/prefix', {kind: 'kubelet', url: 'https://host:10250/prefix'}],
		['kubelet:https://host/a:5', {kind: 'kubelet', url: 'https://host:10250/a:5'}],
		['kubelet:[fd00::7]:8443', {kind: 'kubelet', url: 'https://[fd00::7]:8443'}],
		['kubelet:user:123@host', {kind: 'kubelet', url: 'https://user:123@host:10250'}],
		['cadvisor:host', {kind: 'cadvisor', url: 'http://host:4194'}],
		['cadvisor:https://host:8080', {kind: 'cadvisor', url: 'https://host:8080'}],
		['cadvisor:http://user:secret@host:8080', {kind: 'cadvisor', url: 'http://user:secret@host:8080'}],
	])('%s is understood', (text, spec) => {
		expect(parseSource(text)).toEqual(spec);
	});

	test.each([
		['', 'unknown source “”; use kubernetes, kubelet:URL, cadvisor:URL, local, history or demo'],
		['prometheus:http://x', 'unknown source “prometheus”'],
		['local:here', 'local takes no address'],
		['history:influxdb:http://x', 'history takes no address; write --source history'],
		['kubelet:', 'the address is missing; write kubelet:https://HOST:10250'],
		['kubelet', 'the address is missing'],
		['kubelet:fd00::7', '(IPv6 in brackets)'],
		['kubelet:ftp://host', 'ftp:// is not supported'],
		['kubelet:https://', 'invalid address'],
		['kubelet:https://host:99999', 'invalid address'],
		['kubelet:host:', 'the port after “:” is missing; write kubelet:https://HOST:10250'],
		['kubelet:https://host:', 'the port after “:” is missing'],
		['kubelet:https://[fd00::7]:/', 'the port after “:” is missing'],
		['cadvisor:http://host:/prefix', 'the port after “:” is missing; write cadvisor:http://HOST:4194'],
		['kubernetes:https://host:', 'the port after “:” is missing; write kubernetes:https://HOST:6443'],
		['kubernetes:https://host:/prefix', 'the port after “:” is missing'],
		['kubernetes:host', 'invalid address'],
		['kubelet:https://host?x=1', 'an address cannot have a query or “#”'],
	])('%s reports what is wrong', (text, problem) => {
		expect(parseSource(text)).toEqual({problem: expect.stringContaining(problem)});
	});

	test.each([
		['kubelet:https://user:hush@host:99999', 'kubelet:https://host:99999'],
		['kubelet:https://user:hu/sh@host:x', 'kubelet:https://host:x'],
		['kubelet:ftp://user:hu sh@host', 'kubelet:ftp://host'],
		['kubelet:user:hu@sh@host:x', 'kubelet:host:x'],
		['kubelet:https://host?token=hush', 'kubelet:https://host?…'],
		['kubelet:https://host#hush', 'kubelet:https://host#…'],
		['local:user:hush@host', 'local:host'],
		['hush@host', 'host'],
		['hush:@host', 'host'],
		['https://user:hush@host', 'https://host'],
		['nothing:https://user:hush@host', 'host'],
	])('%s is shown as %s', (text, shown) => {
		const spec = parseSource(text);
		const problem = 'problem' in spec ? spec.problem : '';
		expect(problem.startsWith(`--source ${shown}: `)).toBe(true);
		expect(problem).not.toMatch(/hu.?sh|user/);
	});
});

describe.each(SOURCE_KINDS)('a source of the kind %s', kind => {
	const word = new RegExp(`\\b${kind}\\b`);

	test('is offered by completion', () => {
		const completion = completionOf(['--source', '']);
		const words = completion.kind === 'words' ? completion.candidates.map(each => each.word) : [];
		expect(words).toContainEqual(expect.stringMatching(word));
	});

	test.each([
		['the usage', () => usageText().split('\nStores')[0] ?? ''],
		['the topic of sources', () => SOURCES_TOPIC.split('\nWithout')[0] ?? ''],
		[
			'the error about another kind',
			() => {
				const parsed = parseSource('carrier-pigeon');
				return 'problem' in parsed ? parsed.problem : '';
			},
		],
	])('is in %s', (_, text) => {
		expect(text()).toMatch(word);
	});
});
