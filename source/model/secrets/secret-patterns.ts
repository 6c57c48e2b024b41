/**
 * Formats of well-known services' tokens, published by their makers so that scanners can find leaked ones (GitHub
 * secret scanning, "Supported secret scanning patterns"; each service's own documentation). The prefix decides: the
 * lengths are lower bounds, since makers lengthen their tokens.
 */
const formats: readonly string[] = [
	// GitHub: personal, OAuth, user-to-server, server-to-server, refresh; fine-grained.
	'gh[pousr]_[A-Za-z0-9]{16,}',
	'github_pat_\\w{16,}',
	// GitLab: personal, deploy, runner, trigger, feed, CI job, agent, SCIM.
	'gl(?:pat|dt|rt|ptt|ft|cbt|agent|soat|imt)-[\\w.-]{16,}',
	// Slack: bot, user, app, refresh, configuration.
	'xox[abeoprs]-[\\w-]{10,}',
	'xapp-\\d-[\\w-]{10,}',
	// Webhooks, whose path is the secret: Slack, Discord, Microsoft Teams.
	'hooks\\.slack\\.com\\/services\\/[\\w/]{10,}',
	'discord(?:app)?\\.com\\/api\\/webhooks\\/\\d{6,}\\/[\\w-]{10,}',
	// AWS: access key, session, bearer.
	'(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}',
	// Google: API key, OAuth access token, OAuth client secret.
	'AIza[\\w-]{35}',
	'ya29\\.[\\w.-]{16,}',
	'GOCSPX-[\\w-]{20,}',
	// OpenAI, Anthropic and others of the same form; Hugging Face, Replicate, Groq, Weights & Biases.
	'sk-[\\w-]{20,}',
	'hf_[A-Za-z0-9]{20,}',
	'r8_[A-Za-z0-9]{30,}',
	'gsk_[A-Za-z0-9]{20,}',
	'pplx-[A-Za-z0-9]{20,}',
	// Databricks.
	'dapi[0-9a-f]{32}(?:-\\d)?',
	// Payment: secret, restricted and webhook keys.
	'(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{10,}',
	'whsec_[A-Za-z0-9+/=]{16,}',
	// Package registries and images.
	'npm_[A-Za-z0-9]{30,}',
	'pypi-[\\w-]{30,}',
	'dckr_(?:pat|oat)_[\\w-]{16,}',
	// Clouds and tools.
	'do[opr]_v1_[0-9a-f]{32,}',
	'hv[sbr]\\.[\\w-]{20,}',
	'SG\\.[\\w-]{16,}\\.[\\w-]{16,}',
	'shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}',
	'glsa_[A-Za-z0-9]{20,}_[0-9a-f]{8}',
	'glc_[A-Za-z0-9+/=]{32,}',
	'NRAK-[A-Z0-9]{20,}',
	'lin_api_[A-Za-z0-9]{30,}',
	'PMAK-[0-9a-f]{20,}-[0-9a-f]{20,}',
	'AGE-SECRET-KEY-1[0-9A-Z]{20,}',
	// JSON Web Tokens: two parts that are JSON objects in base64, and a signature.
	'eyJ[\\w-]{6,}\\.eyJ[\\w-]{6,}\\.[\\w-]*',
];

/**
 * All of them, if not preceded by a letter, digit or dash: each position starts at most one, and every part is read
 * once, so that the time is linear.
 */
export const tokenFormat = new RegExp(`(?<![\\w-])(?:${formats.join('|')})`, 'g');

/** A private key in PEM: everything up to its last line, or to the end of the text. */
export const privateKey = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/;
export const privateKeyEnd = '-----END';
