import {describe, expect, test} from 'vitest';
import {parseListen, parseShard} from '../../source/options/shard.ts';

describe('a part of the nodes', () => {
	test.each([
		['0/3', {index: 0, count: 3}],
		['ktop-record-2/3', {index: 2, count: 3}],
		['3/3', undefined],
		['1/0', undefined],
		['x/3', undefined],
		['-1/3', undefined],
		['', undefined],
	])('“%s” is %j', (text, shard) => {
		expect(parseShard(text)).toEqual(shard);
	});
});

describe('an address to listen at', () => {
	test.each([
		[':8082', {host: undefined, port: 8082}],
		['127.0.0.1:0', {host: '127.0.0.1', port: 0}],
		['[::1]:80', {host: '::1', port: 80}],
		['8082', undefined],
		['127.0.0.1:', undefined],
		[':08082', undefined],
		[':99999', undefined],
		['::1:80', undefined],
	])('“%s” is %j', (text, address) => {
		expect(parseListen(text)).toEqual(address);
	});
});
