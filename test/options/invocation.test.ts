import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {FLAGS} from '../../source/options/option-table.ts';
import {parseOptions} from '../../source/options/parse-options.ts';

function invoked(...argv: readonly string[]) {
	const request = parseOptions(argv, {});
	return 'invocation' in request ? request.invocation : undefined;
}

describe('what was asked for, as it may be shown', () => {
	test.each([
		[['pods', '-n', 'shop', '-w'], 'ktop pods --namespace shop --watch', false],
		[['--token', 'hush'], 'ktop --token …', true],
		[['--history=influxdb:http://me:hush@db?db=k8s'], 'ktop --history influxdb:http://db?…', true],
		[['--as', 'jane@corp', '--source', 'kubernetes'], 'ktop --source kubernetes --as jane@corp', false],
	])('of %j is %j', (argv, commandLine, hidesSecrets) => {
		expect(invoked(...argv)).toMatchObject({commandLine, hidesSecrets});
	});

	test('has no secret, wherever it is written', () => {
		const where = fc.constantFrom(
			(secret: string) => ['--token', secret],
			(secret: string) => [`--token=${secret}`],
			...['source kubelet:', 'history influxdb:', 'history prometheus:', 'server '].flatMap(text => {
				const [flag = '', kind = ''] = text.split(' ');
				return [
					(secret: string) => [`--${flag}`, `${kind}https://user:${secret}@host`],
					(secret: string) => [`--${flag}`, `${kind}https://host?token=${secret}`],
				];
			}),
		);
		fc.assert(
			fc.property(where, fc.stringMatching(/^[a-z0-9]{12,20}$/), (write, secret) => {
				expect(JSON.stringify(invoked(...write(secret)) ?? {})).not.toContain(secret);
			}),
		);
	});

	test('knows each flag whose value is an address by its placeholder', () => {
		expect(FLAGS.filter(({value}) => value === 'URI' || value === 'URL').map(({name}) => name)).toEqual([
			'source',
			'history',
			'server',
			'sink',
		]);
		expect(FLAGS.filter(({isSecret}) => isSecret).map(({name}) => name)).toEqual(['token']);
	});
});
