import * as z from 'zod/mini';
import { about, count, flag, head, optionalText, optionalTime, text } from './fields.ts';
import { notCheckedPart, ownProjects } from './servers.ts';
import { acknowledgementPart, acknowledgementsProblem, verdict } from './verdict.ts';

/** The document of `laketop doctor`. */
export const doctor = z.object({
	...head('laketop/doctor/1'),
	state: verdict,
	exit_code: count('Exit code of the command: 0, 1, 3 or 4'),
	...ownProjects,
	deep: flag('Whether the expensive checks were made too'),
	summary: z.object({
		passed: count('Number of passed checks'),
		failed: count('Number of failed checks'),
		skipped: count('Number of skipped checks; see checks for the reasons'),
	}),
	acknowledgements_problem: acknowledgementsProblem,
	not_checked: about(
		z.array(notCheckedPart),
		'Servers that did not answer; everything that depends on them is unknown',
	),
	findings: about(
		z.array(
			z.object({
				id: text('Rule and subject; stable while the problem lasts'),
				rule: text('Rule that found it'),
				subject: text('Subject: a container, a DAG, a file'),
				severity: about(
					z.enum(['critical', 'warning', 'notice']),
					'critical: something does not work; warning: it may soon stop working; notice: intended by somebody, does not set exit code 1',
				),
				since: optionalTime('Start of the problem; null if unknown'),
				title: text('What is wrong, in one line'),
				cause: text('Most likely cause'),
				cause_key: text('Cause as a stable key, for programs'),
				reason: text('Why this cause is the most likely one'),
				evidence: z.array(
					z.object({ text: text('Fact'), lines: about(z.array(z.string()), 'Quoted lines, such as log lines') }),
				),
				impact: about(z.array(z.string()), 'Impact'),
				fixes: about(
					z.array(
						z.object({
							text: text('What to do'),
							kind: text('Kind of action: container, compose, exec …; laketop does not run type, look and advice'),
							command: optionalText('Equivalent command; null if there is none'),
							can_fix: flag('Whether laketop fix can run it'),
							interrupts: about(
								z.array(z.string()),
								'What it interrupts: running tasks by name, services; empty if nothing',
							),
						}),
					),
					'Fixes without interruption first, then the best first',
				),
				explained_by: optionalText('Id of the finding that causes it; null: a root finding'),
				acknowledgement: about(z.nullable(acknowledgementPart), 'Acknowledgement; null: the finding counts'),
			}),
		),
		'Root findings, the most severe first, each followed by its consequences',
	),
	checks: about(
		z.array(
			z.object({
				id: text('Check, with its subject if there are several; stable'),
				verdict: about(z.enum(['passed', 'failed', 'skipped']), 'skipped: not made; result has the reason'),
				name: text('Name of the check'),
				result: text('Result'),
				lines: about(z.array(z.string()), 'Details: files with their modes, output of a program'),
				checked_at: optionalTime('Time of the check; null if skipped'),
			}),
		),
		'All checks, passed ones included; some are only made with --deep',
	),
});
