import { Module } from '@nestjs/common';
import { AccessTokens } from './access-tokens.js';
import { AuthController } from './auth.controller.js';
import { Auth } from './auth.service.js';
import { Authenticator } from './authenticator.js';
import { LoginLimiter } from './login-limiter.js';
import { PeopleRepository } from './people.repository.js';
import { SessionsRepository } from './sessions.repository.js';

@Module({
  controllers: [AuthController],
  providers: [
    Auth,
    AccessTokens,
    Authenticator,
    PeopleRepository,
    SessionsRepository,
    { provide: LoginLimiter, useFactory: () => new LoginLimiter() },
  ],
  exports: [Authenticator],
})
export class AuthModule {}
