CREATE TABLE `organization` (
  `id` VARCHAR(36) NOT NULL,
  `name` VARCHAR(120) NOT NULL,
  `slug` VARCHAR(60) NOT NULL,
  `createdAt` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (`id`),
  UNIQUE INDEX `organization_slug_key` (`slug`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `organization_settings` (
  `organizationId` VARCHAR(36) NOT NULL,
  `defaultCountry` CHAR(2) NOT NULL DEFAULT 'US',
  `wrapUpSeconds` SMALLINT NOT NULL DEFAULT 5,
  `ringTimeoutSeconds` SMALLINT NOT NULL DEFAULT 30,
  `updatedAt` DATETIME(3) NOT NULL,
  PRIMARY KEY (`organizationId`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `role` (
  `key` VARCHAR(20) NOT NULL,
  PRIMARY KEY (`key`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `permission` (
  `key` VARCHAR(60) NOT NULL,
  PRIMARY KEY (`key`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `role_permission` (
  `roleKey` VARCHAR(20) NOT NULL,
  `permissionKey` VARCHAR(60) NOT NULL,
  PRIMARY KEY (`roleKey`, `permissionKey`),
  INDEX `role_permission_permissionKey_idx` (`permissionKey`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `user` (
  `id` VARCHAR(36) NOT NULL,
  `organizationId` VARCHAR(36) NOT NULL,
  `email` VARCHAR(254) NOT NULL,
  `emailVerified` BOOLEAN NOT NULL DEFAULT false,
  `name` VARCHAR(120) NOT NULL,
  `image` VARCHAR(500) NULL,
  `role` VARCHAR(20) NOT NULL,
  `createdAt` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  `updatedAt` DATETIME(3) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE INDEX `user_email_key` (`email`),
  UNIQUE INDEX `user_organizationId_id_key` (`organizationId`, `id`),
  INDEX `user_organizationId_name_id_idx` (`organizationId`, `name`, `id`),
  INDEX `user_role_idx` (`role`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `session` (
  `id` VARCHAR(36) NOT NULL,
  `userId` VARCHAR(36) NOT NULL,
  `token` VARCHAR(64) NOT NULL,
  `expiresAt` DATETIME(3) NOT NULL,
  `ipAddress` VARCHAR(64) NULL,
  `userAgent` VARCHAR(500) NULL,
  `createdAt` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  `updatedAt` DATETIME(3) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE INDEX `session_token_key` (`token`),
  INDEX `session_userId_updatedAt_idx` (`userId`, `updatedAt`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `account` (
  `id` VARCHAR(36) NOT NULL,
  `userId` VARCHAR(36) NOT NULL,
  `accountId` VARCHAR(191) NOT NULL,
  `providerId` VARCHAR(60) NOT NULL,
  `accessToken` TEXT NULL,
  `refreshToken` TEXT NULL,
  `idToken` TEXT NULL,
  `accessTokenExpiresAt` DATETIME(3) NULL,
  `refreshTokenExpiresAt` DATETIME(3) NULL,
  `scope` VARCHAR(500) NULL,
  `password` VARCHAR(255) NULL,
  `createdAt` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  `updatedAt` DATETIME(3) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE INDEX `account_providerId_accountId_key` (`providerId`, `accountId`),
  INDEX `account_userId_idx` (`userId`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `verification` (
  `id` VARCHAR(36) NOT NULL,
  `identifier` VARCHAR(255) NOT NULL,
  `value` TEXT NOT NULL,
  `expiresAt` DATETIME(3) NOT NULL,
  `createdAt` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  `updatedAt` DATETIME(3) NOT NULL,
  PRIMARY KEY (`id`),
  INDEX `verification_identifier_idx` (`identifier`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `agent_profile` (
  `id` VARCHAR(36) NOT NULL,
  `organizationId` VARCHAR(36) NOT NULL,
  `userId` VARCHAR(36) NOT NULL,
  `teamId` VARCHAR(36) NULL,
  `extension` VARCHAR(10) NOT NULL,
  `sipUsername` VARCHAR(64) NOT NULL,
  `sipPasswordEncrypted` VARCHAR(512) NULL,
  `wrapUpSeconds` SMALLINT NULL,
  `ringTimeoutSeconds` SMALLINT NULL,
  `createdAt` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  `updatedAt` DATETIME(3) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE INDEX `agent_profile_userId_key` (`userId`),
  UNIQUE INDEX `agent_profile_sipUsername_key` (`sipUsername`),
  UNIQUE INDEX `agent_profile_organizationId_id_key` (`organizationId`, `id`),
  UNIQUE INDEX `agent_profile_organizationId_userId_key` (`organizationId`, `userId`),
  UNIQUE INDEX `agent_profile_organizationId_extension_key` (`organizationId`, `extension`),
  INDEX `agent_profile_organizationId_teamId_idx` (`organizationId`, `teamId`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `team` (
  `id` VARCHAR(36) NOT NULL,
  `organizationId` VARCHAR(36) NOT NULL,
  `name` VARCHAR(120) NOT NULL,
  `createdAt` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (`id`),
  UNIQUE INDEX `team_organizationId_id_key` (`organizationId`, `id`),
  UNIQUE INDEX `team_organizationId_name_key` (`organizationId`, `name`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `campaign` (
  `id` VARCHAR(36) NOT NULL,
  `organizationId` VARCHAR(36) NOT NULL,
  `name` VARCHAR(200) NOT NULL,
  `status` VARCHAR(12) NOT NULL,
  `mode` VARCHAR(12) NOT NULL DEFAULT 'progressive',
  `createdAt` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  `updatedAt` DATETIME(3) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE INDEX `campaign_organizationId_id_key` (`organizationId`, `id`),
  INDEX `campaign_organizationId_createdAt_idx` (`organizationId`, `createdAt`),
  CONSTRAINT `campaign_status_check` CHECK (`status` IN ('draft', 'running', 'paused', 'finished')),
  CONSTRAINT `campaign_mode_check` CHECK (`mode` IN ('preview', 'progressive', 'power'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `sheet` (
  `id` VARCHAR(36) NOT NULL,
  `organizationId` VARCHAR(36) NOT NULL,
  `campaignId` VARCHAR(36) NOT NULL,
  `uploadedById` VARCHAR(36) NOT NULL,
  `name` VARCHAR(200) NOT NULL,
  `fileName` VARCHAR(255) NOT NULL,
  `storageKey` VARCHAR(255) NOT NULL,
  `sizeBytes` INTEGER NOT NULL,
  `format` VARCHAR(8) NOT NULL,
  `status` VARCHAR(12) NOT NULL,
  `mapping` JSON NULL,
  `rows` INTEGER NULL,
  `taken` INTEGER NULL,
  `duplicates` INTEGER NULL,
  `rejected` INTEGER NULL,
  `dialerSessionId` VARCHAR(36) NULL,
  `dialerSeenAt` DATETIME(3) NULL,
  `createdAt` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  `importedAt` DATETIME(3) NULL,
  PRIMARY KEY (`id`),
  UNIQUE INDEX `sheet_organizationId_id_key` (`organizationId`, `id`),
  INDEX `sheet_organizationId_uploadedById_createdAt_id_idx` (`organizationId`, `uploadedById`, `createdAt`, `id`),
  INDEX `sheet_organizationId_campaignId_idx` (`organizationId`, `campaignId`),
  CONSTRAINT `sheet_status_check` CHECK (`status` IN ('uploaded', 'ready', 'running', 'paused', 'finished'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `sheet_issue` (
  `organizationId` VARCHAR(36) NOT NULL,
  `sheetId` VARCHAR(36) NOT NULL,
  `line` INTEGER NOT NULL,
  `kind` VARCHAR(12) NOT NULL,
  `reason` VARCHAR(40) NOT NULL,
  `message` VARCHAR(300) NOT NULL,
  `values` JSON NOT NULL,
  PRIMARY KEY (`organizationId`, `sheetId`, `line`),
  INDEX `sheet_issue_organizationId_sheetId_kind_line_idx` (`organizationId`, `sheetId`, `kind`, `line`),
  CONSTRAINT `sheet_issue_kind_check` CHECK (`kind` IN ('duplicate', 'rejected'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `lead` (
  `id` VARCHAR(36) NOT NULL,
  `organizationId` VARCHAR(36) NOT NULL,
  `campaignId` VARCHAR(36) NOT NULL,
  `sheetId` VARCHAR(36) NOT NULL,
  `line` INTEGER NOT NULL,
  `queueOrder` INTEGER NOT NULL,
  `phone` VARCHAR(20) NOT NULL,
  `extension` VARCHAR(20) NULL,
  `alternatePhones` JSON NOT NULL,
  `name` VARCHAR(200) NULL,
  `data` JSON NOT NULL,
  `status` VARCHAR(12) NOT NULL DEFAULT 'new',
  `attempts` SMALLINT NOT NULL DEFAULT 0,
  `lastStatus` VARCHAR(16) NULL,
  `lastCallId` VARCHAR(36) NULL,
  `lastCallAt` DATETIME(3) NULL,
  `createdAt` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (`id`),
  UNIQUE INDEX `lead_organizationId_id_key` (`organizationId`, `id`),
  UNIQUE INDEX `lead_organizationId_campaignId_phone_key` (`organizationId`, `campaignId`, `phone`),
  INDEX `lead_organizationId_sheetId_status_queueOrder_idx` (`organizationId`, `sheetId`, `status`, `queueOrder`),
  INDEX `lead_organizationId_sheetId_status_lastStatus_idx` (`organizationId`, `sheetId`, `status`, `lastStatus`),
  INDEX `lead_organizationId_sheetId_lastCallAt_idx` (`organizationId`, `sheetId`, `lastCallAt`),
  CONSTRAINT `lead_status_check` CHECK (`status` IN ('new', 'in-progress', 'done', 'skipped'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `call` (
  `id` VARCHAR(36) NOT NULL,
  `organizationId` VARCHAR(36) NOT NULL,
  `agentId` VARCHAR(36) NOT NULL,
  `campaignId` VARCHAR(36) NULL,
  `sheetId` VARCHAR(36) NULL,
  `leadId` VARCHAR(36) NULL,
  `direction` VARCHAR(8) NOT NULL,
  `destination` VARCHAR(20) NOT NULL,
  `destinationReversed` VARCHAR(20) NOT NULL,
  `status` VARCHAR(16) NOT NULL,
  `sipCode` SMALLINT NULL,
  `cause` VARCHAR(200) NULL,
  `hangupBy` VARCHAR(8) NULL,
  `sipCallId` VARCHAR(255) NULL,
  `attempt` SMALLINT NULL,
  `startedAt` DATETIME(3) NOT NULL,
  `ringingAt` DATETIME(3) NULL,
  `answeredAt` DATETIME(3) NULL,
  `endedAt` DATETIME(3) NULL,
  `ringMs` INTEGER NULL,
  `talkMs` INTEGER NULL,
  `durationMs` INTEGER NULL,
  `interrupted` BOOLEAN NOT NULL DEFAULT false,
  `seenAt` DATETIME(3) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE INDEX `call_organizationId_id_key` (`organizationId`, `id`),
  INDEX `call_organizationId_startedAt_id_idx` (`organizationId`, `startedAt`, `id`),
  INDEX `call_organizationId_agentId_startedAt_id_idx` (`organizationId`, `agentId`, `startedAt`, `id`),
  INDEX `call_organizationId_status_startedAt_id_idx` (`organizationId`, `status`, `startedAt`, `id`),
  INDEX `call_organizationId_destination_startedAt_id_idx` (`organizationId`, `destination`, `startedAt`, `id`),
  INDEX `call_organizationId_destinationReversed_startedAt_idx` (`organizationId`, `destinationReversed`, `startedAt`),
  INDEX `call_organizationId_sheetId_startedAt_id_idx` (`organizationId`, `sheetId`, `startedAt`, `id`),
  INDEX `call_organizationId_leadId_startedAt_idx` (`organizationId`, `leadId`, `startedAt`),
  INDEX `call_organizationId_campaignId_startedAt_idx` (`organizationId`, `campaignId`, `startedAt`),
  INDEX `call_status_seenAt_idx` (`status`, `seenAt`),
  CONSTRAINT `call_direction_check` CHECK (`direction` IN ('outbound', 'inbound')),
  CONSTRAINT `call_status_check` CHECK (`status` IN ('in-progress', 'answered', 'busy', 'no-answer', 'rejected', 'invalid-number', 'failed', 'cancelled')),
  CONSTRAINT `call_hangupBy_check` CHECK (`hangupBy` IN ('agent', 'remote', 'system'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `recording` (
  `id` VARCHAR(36) NOT NULL,
  `organizationId` VARCHAR(36) NOT NULL,
  `callId` VARCHAR(36) NOT NULL,
  `storageKey` VARCHAR(255) NOT NULL,
  `mimeType` VARCHAR(60) NOT NULL,
  `sizeBytes` INTEGER NOT NULL,
  `durationMs` INTEGER NOT NULL,
  `channels` TINYINT NOT NULL,
  `createdAt` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (`id`),
  UNIQUE INDEX `recording_organizationId_id_key` (`organizationId`, `id`),
  UNIQUE INDEX `recording_organizationId_callId_key` (`organizationId`, `callId`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

ALTER TABLE `organization_settings` ADD CONSTRAINT `organization_settings_organizationId_fkey` FOREIGN KEY (`organizationId`) REFERENCES `organization` (`id`) ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE `role_permission` ADD CONSTRAINT `role_permission_roleKey_fkey` FOREIGN KEY (`roleKey`) REFERENCES `role` (`key`) ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE `role_permission` ADD CONSTRAINT `role_permission_permissionKey_fkey` FOREIGN KEY (`permissionKey`) REFERENCES `permission` (`key`) ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE `user` ADD CONSTRAINT `user_organizationId_fkey` FOREIGN KEY (`organizationId`) REFERENCES `organization` (`id`) ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE `user` ADD CONSTRAINT `user_role_fkey` FOREIGN KEY (`role`) REFERENCES `role` (`key`) ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE `session` ADD CONSTRAINT `session_userId_fkey` FOREIGN KEY (`userId`) REFERENCES `user` (`id`) ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE `account` ADD CONSTRAINT `account_userId_fkey` FOREIGN KEY (`userId`) REFERENCES `user` (`id`) ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE `agent_profile` ADD CONSTRAINT `agent_profile_organizationId_fkey` FOREIGN KEY (`organizationId`) REFERENCES `organization` (`id`) ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE `agent_profile` ADD CONSTRAINT `agent_profile_organizationId_userId_fkey` FOREIGN KEY (`organizationId`, `userId`) REFERENCES `user` (`organizationId`, `id`) ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE `agent_profile` ADD CONSTRAINT `agent_profile_organizationId_teamId_fkey` FOREIGN KEY (`organizationId`, `teamId`) REFERENCES `team` (`organizationId`, `id`) ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE `team` ADD CONSTRAINT `team_organizationId_fkey` FOREIGN KEY (`organizationId`) REFERENCES `organization` (`id`) ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE `campaign` ADD CONSTRAINT `campaign_organizationId_fkey` FOREIGN KEY (`organizationId`) REFERENCES `organization` (`id`) ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE `sheet` ADD CONSTRAINT `sheet_organizationId_fkey` FOREIGN KEY (`organizationId`) REFERENCES `organization` (`id`) ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE `sheet` ADD CONSTRAINT `sheet_organizationId_campaignId_fkey` FOREIGN KEY (`organizationId`, `campaignId`) REFERENCES `campaign` (`organizationId`, `id`) ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE `sheet` ADD CONSTRAINT `sheet_organizationId_uploadedById_fkey` FOREIGN KEY (`organizationId`, `uploadedById`) REFERENCES `user` (`organizationId`, `id`) ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE `sheet_issue` ADD CONSTRAINT `sheet_issue_organizationId_fkey` FOREIGN KEY (`organizationId`) REFERENCES `organization` (`id`) ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE `sheet_issue` ADD CONSTRAINT `sheet_issue_organizationId_sheetId_fkey` FOREIGN KEY (`organizationId`, `sheetId`) REFERENCES `sheet` (`organizationId`, `id`) ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE `lead` ADD CONSTRAINT `lead_organizationId_fkey` FOREIGN KEY (`organizationId`) REFERENCES `organization` (`id`) ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE `lead` ADD CONSTRAINT `lead_organizationId_campaignId_fkey` FOREIGN KEY (`organizationId`, `campaignId`) REFERENCES `campaign` (`organizationId`, `id`) ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE `lead` ADD CONSTRAINT `lead_organizationId_sheetId_fkey` FOREIGN KEY (`organizationId`, `sheetId`) REFERENCES `sheet` (`organizationId`, `id`) ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE `call` ADD CONSTRAINT `call_organizationId_fkey` FOREIGN KEY (`organizationId`) REFERENCES `organization` (`id`) ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE `call` ADD CONSTRAINT `call_organizationId_agentId_fkey` FOREIGN KEY (`organizationId`, `agentId`) REFERENCES `agent_profile` (`organizationId`, `id`) ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE `call` ADD CONSTRAINT `call_organizationId_campaignId_fkey` FOREIGN KEY (`organizationId`, `campaignId`) REFERENCES `campaign` (`organizationId`, `id`) ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE `call` ADD CONSTRAINT `call_organizationId_sheetId_fkey` FOREIGN KEY (`organizationId`, `sheetId`) REFERENCES `sheet` (`organizationId`, `id`) ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE `call` ADD CONSTRAINT `call_organizationId_leadId_fkey` FOREIGN KEY (`organizationId`, `leadId`) REFERENCES `lead` (`organizationId`, `id`) ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE `recording` ADD CONSTRAINT `recording_organizationId_fkey` FOREIGN KEY (`organizationId`) REFERENCES `organization` (`id`) ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE `recording` ADD CONSTRAINT `recording_organizationId_callId_fkey` FOREIGN KEY (`organizationId`, `callId`) REFERENCES `call` (`organizationId`, `id`) ON DELETE RESTRICT ON UPDATE CASCADE;
