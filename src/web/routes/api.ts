import type { FastifyInstance } from 'fastify';
import { latestArticles, outlets } from '../../store/reading.ts';
import { type CutKind, cutKinds, feedAddress, readCut } from '../cut.ts';
import { RequestError } from '../errors.ts';
import { baseUrl, type Wire } from '../wire.ts';
import { requireSource } from './feeds.ts';
