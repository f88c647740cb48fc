import {describe, expect, test} from 'vitest';
import {COMMANDS} from '../../../../source/ui/state/command-line/commands.ts';
import {readCommand} from '../../../../source/ui/state/command-line/read-command.ts';
import {FIVE} from '../states.ts';

describe('a command', () => {
	test.each([
		['pods', {type: 'level', index: 1}],
		['po', {type: 'level', index: 1}],
		['  pods ', {type: 'level', index: 1}],
		['conta', {type: 'level', index: 2}],
		['tree', {type: 'level', index: 4}],
		['cluster', {type: 'cluster'}],
		['ns', {type: 'level', index: 3}],
		['ns shop', {type: 'narrow', namespaces: ['shop']}],
		['ns shop,web', {type: 'narrow', namespaces: ['shop', 'web']}],
		['ns shop|web shop', {type: 'narrow', namespaces: ['shop', 'web']}],
		['ns all', {type: 'narrow', namespaces: undefined}],
		['ctx', {type: 'contexts'}],
		['ctx dev', {type: 'context', name: 'dev'}],
		['ctx dev, prod,dev', {type: 'context', name: 'dev,prod'}],
		['sort memory', {type: 'sort', order: {column: 'memory', isDescending: true}}],
		['sort name', {type: 'sort', order: {column: 'name', isDescending: false}}],
		['sort +memory', {type: 'sort', order: {column: 'memory', isDescending: false}}],
		['sort -name', {type: 'sort', order: {column: 'name', isDescending: true}}],
		['filter db|web cpu>1', {type: 'set-filter', filter: 'db|web cpu>1'}],
		['filter', {type: 'set-filter', filter: ''}],
		['window 5m', {type: 'set-window', windowMs: 300_000}],
		['interval 5s', {type: 'set-interval', intervalMs: 5000}],
		['export', {type: 'export', path: undefined}],
		['csv a b.csv', {type: 'export', path: 'a b.csv'}],
		['logs', {type: 'hand-over', to: 'logs'}],
		['q', {type: 'quit'}],
		['q!', {type: 'quit'}],
	])('“%s” is %j', (text, action) => {
		expect(readCommand(text, FIVE)).toEqual(action);
	});

	test.each([
		['', /^no command: use one of nodes, pods, /],
		['podz', /^no command podz: did you mean pod/],
		['xyzzy', /^no command xyzzy: use one of nodes, pods, /],
		['e', /^e is ambiguous: use one of export, events, explain$/],
		['pods web', /^pods takes no argument$/],
		['ns shpo', /^no pods in namespace shpo: did you mean shop\?$/],
		['ns nothing-like-it', /: use one of kube-system, shop, web$/],
		['ctx pord', /^no context pord: did you mean prod\?$/],
		['ctx prod,pord', /^no context pord: did you mean prod\?$/],
		['sort', /^sort needs a column: use one of name, cpu, memory, state$/],
		['sort memry', /^no column memry: did you mean memory\?$/],
		['filter (a', /^there is no \) for a \($/],
		['window', /^window needs a duration such as 15m, 1h or 7d$/],
		['window soon', /^invalid window soon: use a duration such as/],
		['window 1s', /^the window must be 30s to 15m; for more use --window/],
		['window 7d', /^the window must be 30s to 15m; for more use --window/],
		['interval', /^the interval must be a duration of 500ms to 1h, such as 5s$/],
		['interval 1ms', /^the interval must be a duration of 500ms to 1h, such as 5s$/],
	])('“%s” has an error', (text, problem) => {
		expect(readCommand(text, FIVE)).toEqual({problem: expect.stringMatching(problem)});
	});

	test('has unique names', () => {
		const names = COMMANDS.flatMap(({names}) => names);
		expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
	});
});
