import {expect, test} from 'vitest';
import {kubectlArguments} from '../../source/commands/hand-over.ts';
import {parseOptions} from '../../source/options/parse-options.ts';

function optionsOf(...argv: readonly string[]) {
	const request = parseOptions(argv, {});
	if (request.kind !== 'run') {
		throw new Error(request.kind);
	}

	return request.options;
}

const PLACE = {namespace: 'shop', pod: 'web-0', container: 'app'};

test('logs are those of the container, as they come', () => {
	expect(kubectlArguments('logs', PLACE, optionsOf('--context', 'prod', '--as', 'me'))).toEqual([
		'logs',
		'--context=prod',
		'--as=me',
		'--namespace=shop',
		'--follow',
		'--tail=200',
		'--container=app',
		'web-0',
	]);
});

test('logs of a pod are those of all its containers', () => {
	expect(kubectlArguments('logs', {...PLACE, container: undefined}, optionsOf())).toContain(
		'--all-containers',
	);
});

test('a name is an argument of its own, and never a flag or a word of a shell', () => {
	const args = kubectlArguments('shell', {...PLACE, namespace: 'a b; rm -rf /'}, optionsOf());
	expect(args).toContain('--namespace=a b; rm -rf /');
	expect(args.slice(args.indexOf('web-0'))).toEqual(['web-0', '--', 'sh', '-c', expect.any(String)]);
});
