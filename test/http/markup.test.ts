import {expect, test} from 'vitest';
import {influxdbAnswerFailure as influxdbFailure} from '../../source/history/influxdb/query-failure.ts';
import {prometheusAnswerFailure as prometheusFailure} from '../../source/history/prometheus/query-failure.ts';
import {isMarkup, withoutMarkup} from '../../source/http/markup.ts';
import {cadvisorAnswerFailure as cadvisorFailure} from '../../source/scrape/cadvisor/answer-failure.ts';
import {kubeletAnswerFailure as kubeletFailure} from '../../source/scrape/kubelet/answer-failure.ts';

test.each([
	['<html><body>no</body></html>', true],
	['\uFEFF \n<!DOCTYPE html>', true],
	['<?xml version="1.0"?>', true],
	['{"kind":"Status"}', false],
	['Forbidden (user=a, verb=get)', false],
	['< 5 s', false],
	['', false],
])('%j is a page: %j', (body, expected) => {
	expect(isMarkup(body)).toBe(expected);
});

test.each([
	['<p>Access</p>\n<p>denied</p>', 'Access denied'],
	['<style>a{}</style>x<script src="y">z</script>', 'x'],
	['<style>cut off in the middle of', ''],
	['<b>cut off <a href="', 'cut off'],
	['<!-- <b>secret</b> --><i>x</i>', 'x'],
	['plain,  with\n1 < 2', 'plain, with 1 < 2'],
])('of %j is left %j', (body, said) => {
	expect(withoutMarkup(body)).toBe(said);
});

const page = '<html><head><style>p {}</style></head><body><p>Blocked by policy</p></body></html>';

test.each([403, 404, 502])('no reader shows the markup of a page with status %i', status => {
	const answer = {status, headers: {}, body: Buffer.from(page), latencyMs: 1};
	for (const {message} of [
		kubeletFailure('https://k:10250', '/stats/summary', answer),
		cadvisorFailure('http://c:8080', '/api', answer),
		influxdbFailure(status, page, {origin: 'http://i:8086', database: 'k8s'}),
		prometheusFailure(status, page, 'http://p:9090'),
	]) {
		expect(message).not.toMatch(/[<>{}]/);
	}
});
